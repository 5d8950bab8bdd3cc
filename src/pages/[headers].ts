/** `_headers`, for the hosts that read one. Astro makes no page of a file whose name begins with an underscore: therefore the name is a parameter. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { href } from '../base.ts';
import { headersFile } from '../policy.ts';

export const getStaticPaths: GetStaticPaths = () => [{ params: { headers: '_headers' } }];

export const GET: APIRoute = () => new Response(headersFile(href('')));
