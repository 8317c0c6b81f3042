import { describeUnit } from '#testing';
import { deskMoves } from './desk-moves.fixture.ts';

describeUnit(deskMoves);
