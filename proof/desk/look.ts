import { startBrowser, visit, signIn } from './browser.ts';
const origin = process.argv[2] ?? 'http://127.0.0.1:8303';
const b = await startBrowser();
const v = await visit(b, origin, { viewport: { width: 1440, height: 900 } });
try {
  await v.page.goto('/'); console.log(v.page.url());
  await v.page.screenshot({ path: '/tmp/shot-signin.png' });
  await signIn(v.page, 'fleet-and-estates.caseworker');
  console.log(v.page.url(), await v.page.title());
  await v.page.screenshot({ path: '/tmp/shot-work.png' });
  await v.page.goto('/work?who=all'); 
  await v.page.screenshot({ path: '/tmp/shot-all.png' });
  await v.page.goto('/work?who=none');
  await v.page.click('[data-next]');
  await v.page.waitForLoadState();
  console.log(v.page.url());
  await v.page.screenshot({ path: '/tmp/shot-request.png' });
} catch (e) { console.log(String(e).slice(0, 600)); await v.page.screenshot({ path: '/tmp/shot-err.png' }); console.log(v.page.url(), (await v.page.content()).slice(0,1500)); }
console.log(v.complaints);
await b.close();
