/** SQL for a moment as it is written in JSON: in UTC with a Z, as JavaScript writes it. PostgreSQL's own JSON writes `+00:00`. */
export function utcText(moment: string): string {
  return `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
