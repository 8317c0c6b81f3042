import { startBrowser, visit, signIn } from './browser.ts';
const origin = 'http://127.0.0.1:8303';
const b = await startBrowser();
const sizes = [[1440, 900], [768, 1024], [360, 780]] as const;
const themes = ['light', 'dark'] as const;
const who = process.argv[2] ?? 'fleet-and-estates.caseworker';
const pages = process.argv.slice(3);
for (const colorScheme of themes) {
  const v = await visit(b, origin, { viewport: { width: 1440, height: 900 }, colorScheme });
  await signIn(v.page, who);
  for (const p of pages) {
    const [name, path] = p.split('=') as [string, string];
    for (const [width, height] of sizes) {
      await v.page.setViewportSize({ width, height });
      if (path.startsWith('!')) { await v.page.goto('/work?who=all'); const href = await v.page.locator('a.row-title').first().getAttribute('href'); await v.page.goto(href + (path.slice(1) ? (href!.includes('?') ? '&' : '?') + path.slice(1) : '')); }
      else await v.page.goto(path);
      const over = await v.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) console.log('OVERFLOW', name, width, over);
      await v.page.screenshot({ path: `/tmp/shots/${name}-${width}-${colorScheme}.png`, fullPage: false });
    }
  }
  console.log(colorScheme, v.complaints.slice(0, 5));
  await v.close();
}
await b.close();
