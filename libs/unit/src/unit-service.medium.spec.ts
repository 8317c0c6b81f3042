import { describeUnit, deskMoves } from '#testing';

describeUnit(deskMoves);
