import { Text } from '#contracts';

/** The fields that name a place on the estate: the force's own code for the site, and the room. */
export class SiteFields {
  @Text({
    max: 60,
    pattern: '^[A-Z0-9][A-Z0-9-]*$',
    expected: 'a site code of capitals, digits and hyphens, such as NST-01',
    title: 'Site code',
    help: "The force's own code for the site, such as NST-01.",
    searched: 'code',
  })
  site!: string;

  @Text({ max: 120, optional: true, title: 'Building and room', correctable: 'until-decided' })
  room?: string;
}
