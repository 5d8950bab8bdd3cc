/** Read by search engines at the root of a host only: a site below another path also says what it wants in each page's head. */
import type { APIRoute } from 'astro';
import { href } from '../base.ts';
import { robotsText } from '../robots.ts';
import { SITE } from '../site.ts';

export const GET: APIRoute = ({ site }) => new Response(robotsText({ indexable: SITE.indexable, sitemap: site && new URL(href('sitemap.xml'), site).href }));
