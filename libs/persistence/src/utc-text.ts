/** SQL for a time in the form of JavaScript's JSON: UTC with a Z. PostgreSQL's own JSON writes `+00:00`. */
export function utcText(moment: string): string {
  return `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
