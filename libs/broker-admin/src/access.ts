import kafkajs, { type AclEntry } from 'kafkajs';
import type { AccessRule } from '#contracts';

// kafkajs is a CommonJS package, in which Node finds no named exports.
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
const OPERATIONS = {
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
  describe: AclOperationTypes.DESCRIBE,
};
const RESOURCES = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP };
const PATTERNS = { literal: ResourcePatternTypes.LITERAL, prefixed: ResourcePatternTypes.PREFIXED };

/** Converts an access rule of the contracts to the form that the broker expects. */
export function aclOf(rule: AccessRule): AclEntry {
  return {
    principal: `User:${rule.principal}`,
    host: '*',
    resourceType: RESOURCES[rule.resource],
    resourceName: rule.name,
    resourcePatternType: PATTERNS[rule.match],
    operation: OPERATIONS[rule.operation],
    permissionType: AclPermissionTypes.ALLOW,
  };
}
