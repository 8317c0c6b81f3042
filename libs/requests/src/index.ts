export * from './clock-definition.ts';
