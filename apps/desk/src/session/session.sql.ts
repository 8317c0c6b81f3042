/** A new session. */
export const KEEP_SESSION = `
insert into session (sid, sess, expire)
values ($1, $2, localtimestamp + $3 * interval '1 second')
on conflict (sid) do update
set
  sess = excluded.sess,
  expire = excluded.expire`;

/** A session that was stored before. If it has been ended since then, there is nothing to change. */
export const SAVE_SESSION = `
update session
set
  sess = $2,
  expire = localtimestamp + $3 * interval '1 second'
where sid = $1`;
