import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Refusal } from '#contracts';
import type { HttpReply } from './caller.ts';
import { Described, TEXT } from './described.ts';
import { OpenRoute } from './route-policy.ts';
import { ServedOpenApi } from './served-open-api.ts';

/**
 * Swagger UI for /openapi.json, served from the package on disk. The policy lets the page load nothing from
 * elsewhere. The page holds no inline script, so a script that somebody puts into the document cannot run.
 */
const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const pageOf = (title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
<script src="docs/swagger-ui-bundle.js" defer></script>
<script src="docs/start.js" defer></script>
</head>
<body><main id="api"><noscript>The same as JSON: <a href="openapi.json">openapi.json</a></noscript></main></body>
</html>
`;

const START = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#api', validatorUrl: null, docExpansion: 'list', defaultModelsExpandDepth: 0 });\n`;

const inPackage = createRequire(import.meta.url);
const ASSETS: Readonly<
  Record<string, { readonly type: string; readonly read: () => Promise<string | Buffer> }>
> = {
  'swagger-ui.css': {
    type: 'text/css',
    read: () => readFile(inPackage.resolve('swagger-ui-dist/swagger-ui.css')),
  },
  'swagger-ui-bundle.js': {
    type: 'text/javascript',
    read: () => readFile(inPackage.resolve('swagger-ui-dist/swagger-ui-bundle.js')),
  },
  'start.js': { type: 'text/javascript', read: () => Promise.resolve(START) },
};

/** The page on which people browse this API. */
@Controller('docs')
export class DocsController {
  private readonly content: string;

  constructor(@Inject(ServedOpenApi) served: ServedOpenApi) {
    this.content = pageOf(served.title);
  }

  @Get()
  @OpenRoute()
  @Described({
    id: 'readDocs',
    summary: 'Browse this API',
    answers: { 200: { means: 'A page', content: { 'text/html': { schema: TEXT } } } },
  })
  page(@Res() reply: HttpReply): void {
    void reply.headers(SECURITY).header('content-type', 'text/html; charset=utf-8').send(this.content);
  }

  @Get(':asset')
  @OpenRoute()
  @Described({
    id: 'readDocsAsset',
    summary: 'Read a script or style sheet of the page',
    answers: {
      200: {
        means: 'A script or style sheet',
        content: { 'text/javascript': { schema: TEXT }, 'text/css': { schema: TEXT } },
      },
    },
    problems: ['not-found'],
  })
  async asset(@Param('asset') name: string, @Res() reply: HttpReply): Promise<void> {
    const asset = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
    if (!asset) throw new Refusal('not-found', 'The page has no file with this name.');
    await reply
      .headers(SECURITY)
      .header('content-type', `${asset.type}; charset=utf-8`)
      .header('cache-control', 'max-age=3600')
      .send(await asset.read());
  }
}
