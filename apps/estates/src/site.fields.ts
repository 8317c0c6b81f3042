import { Text } from '#contracts';

/** Where on the estate: a force's own name for the site, and the room in it. */
export class AtASite {
  @Text({
    max: 60,
    pattern: '^[A-Z0-9][A-Z0-9-]*$',
    expected: 'a site code of capitals, digits and hyphens, such as NST-01',
    title: 'Site code',
    help: "The force's own code for the site, such as NST-01.",
  })
  site!: string;

  @Text({ max: 120, optional: true, title: 'Building and room', correctable: 'until-decided' })
  room?: string;
}
