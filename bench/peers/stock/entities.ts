import {
  Column,
  CreateDateColumn,
  Entity,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Unique,
  UpdateDateColumn,
} from 'typeorm';

/** The door's record of a request. */
@Entity()
@Unique(['force', 'reference'])
export class SubmittedRequest {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column() force!: string;
  @Column() reference!: string;
  @Column() type!: string;
  @Column() state!: string;
  @Column('jsonb') payload!: Record<string, unknown>;
  @Column('jsonb', { nullable: true }) answer!: Record<string, unknown> | null;
  @CreateDateColumn({ type: 'timestamptz' }) receivedAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz' }) updatedAt!: Date;
}

/** An entry of the feed that a force's system reads. */
@Entity()
export class FeedEntry {
  @PrimaryGeneratedColumn() position!: number;
  @Column('uuid') requestId!: string;
  @Column() type!: string;
  @Column('jsonb') event!: Record<string, unknown>;
  @CreateDateColumn({ type: 'timestamptz' }) at!: Date;
}

/** The unit's record of the work. */
@Entity()
export class WorkItem {
  @PrimaryColumn('uuid') id!: string;
  @Column() force!: string;
  @Column() state!: string;
  @Column({ type: 'text', nullable: true }) assignee!: string | null;
  @Column('jsonb') payload!: Record<string, unknown>;
  @Column('jsonb', { nullable: true }) answer!: Record<string, unknown> | null;
  @CreateDateColumn({ type: 'timestamptz' }) arrivedAt!: Date;
}
