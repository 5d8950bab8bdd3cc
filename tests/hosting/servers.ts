/** The real web servers, each under its configuration from scripts/hosting/ with the edits that a publisher makes. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { connect as connectSecurely } from 'node:tls';
import { delimiter, join, resolve } from 'node:path';
import type { PublishedSite } from './sites.ts';

const HOSTING = resolve(import.meta.dirname, '../../scripts/hosting');

export interface WebServer {
  port: number;
  /** Ends it and removes what it has written. */
  stop(): Promise<void>;
}

/** `port` speaks TLS, for the host `localhost`. */
export interface SecureWebServer extends WebServer {
  /** Of plain HTTP. */
  plainPort: number;
  /** The certificate, as PEM, that the server's own is signed with. */
  authority: string;
}

/** A program that the tests need, and Debian's package of it, the smallest that has what is used. */
export interface ProgramKind {
  name: string;
  package: string;
}

/** How one of the servers is come by, checked and started. */
export interface WebServerKind extends ProgramKind {
  start(program: string, site: PublishedSite): Promise<WebServer>;
  /** As a publisher has it who has a certificate. */
  startSecurely(program: string, site: PublishedSite): Promise<SecureWebServer>;
}

/** Makes the certificates that nginx does not make itself. */
export const OPENSSL: ProgramKind = { name: 'openssl', package: 'openssl' };

/** The program, or why there is none. In CI, as root on Debian, it is installed; nothing of it is started by that. */
export function findServer({ name, package: debianPackage }: ProgramKind): { program: string } | { missing: string } {
  const found = findProgram(name);
  if (found) return { program: found };
  if (!process.env['CI'] || !isRoot() || !existsSync('/etc/debian_version')) return { missing: `${name} is not installed, and only CI, as root on Debian, installs it by itself (apt-get install --no-install-recommends ${debianPackage})` };
  // RUNLEVEL=1 says to the package's scripts that the machine is not up for services.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const install = (): boolean => spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], { stdio: 'ignore', env }).status === 0;
  if (!install()) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    install();
  }
  const installed = findProgram(name);
  return installed ? { program: installed } : { missing: `${name} is not installed, and apt-get could not install ${debianPackage}` };
}

export const NGINX: WebServerKind = {
  name: 'nginx',
  package: 'nginx-light',
  async start(program, site) {
    const [scratch, port] = [await serverFolder(), await freePort()];
    return runNginx(program, await nginxSite(site, `127.0.0.1:${port}`), scratch, port);
  },
  async startSecurely(program, site) {
    const [scratch, port, plainPort] = [await serverFolder(), await freePort(), await freePort()];
    const [key, certificate] = [join(scratch, 'key.pem'), join(scratch, 'certificate.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
    const made = spawnSync(OPENSSL.name, ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', certificate, ...subject], { ...user(), encoding: 'utf8' });
    assert.equal(made.status, 0, `openssl makes no certificate: ${made.stderr}`);
    // What certbot makes of the file.
    const text = await nginxSite(site, `127.0.0.1:${port} ssl; ssl_certificate ${certificate}; ssl_certificate_key ${key}`);
    const redirect = `server { listen 127.0.0.1:${plainPort}; server_name localhost; return 301 https://$host$request_uri; }\n`;
    return { ...(await runNginx(program, text + redirect, scratch, port)), plainPort, authority: await readFile(certificate, 'utf8') };
  },
};

/** The configuration with the lines changed that are to be changed. */
async function nginxSite({ base, root }: PublishedSite, listen: string): Promise<string> {
  let text = await readFile(join(HOSTING, 'nginx.conf'), 'utf8');
  for (const [directive, value] of [['listen', listen], ['server_name', 'localhost'], ['root', root], ['set \\$imr_base', base]] as const) {
    const line = new RegExp(`^( +${directive}) [^;]+;( *# CHANGE)`, 'gm');
    assert.equal(text.match(line)?.length, 1, `one line to change: ${directive}`);
    text = text.replace(line, (_line, name: string, comment: string) => `${name} ${value};${comment}`);
  }
  assert.equal(text.match(/# CHANGE/g)?.length, 4, 'no further lines to change');
  return text;
}

async function runNginx(program: string, site: string, scratch: string, port: number): Promise<WebServer> {
  await writeFile(join(scratch, 'site.conf'), site);
  // What Debian's own nginx.conf does around a site, with all that is written kept in the scratch folder.
  const written = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${scratch}/${name};`).join(' ');
  await writeFile(join(scratch, 'main.conf'), `daemon off; worker_processes 1; pid ${scratch}/nginx.pid; error_log stderr;\nevents {}\nhttp { access_log off; ${written} include ${scratch}/site.conf; }\n`);
  const args = ['-e', 'stderr', '-p', scratch, '-c', join(scratch, 'main.conf')];
  return run(program, args, [...args, '-t'], process.env, scratch, port);
}

export const CADDY: WebServerKind = {
  name: 'caddy',
  package: 'caddy',
  async start(program, site) {
    const [scratch, port] = [await serverFolder(), await freePort()];
    return runCaddy(program, site, `http://localhost:${port}`, '', scratch, port);
  },
  async startSecurely(program, site) {
    const [scratch, port, plainPort] = [await serverFolder(), await freePort(), await freePort()];
    // A bare name, as the file advises. For this one Caddy signs the certificate itself; this machine need not trust that.
    const server = await runCaddy(program, site, 'localhost', `\thttp_port ${plainPort}\n\thttps_port ${port}\n\tskip_install_trust\n`, scratch, port);
    try {
      await untilSecure(port);
      return { ...server, plainPort, authority: await readFile(join(scratch, 'caddy/pki/authorities/local/root.crt'), 'utf8') };
    } catch (error) {
      await server.stop();
      throw error;
    }
  },
};

/** The file itself is not edited: all that is to be changed in it comes from variables. Without the port for administration, of which a machine has one. */
async function runCaddy(program: string, { base, root }: PublishedSite, address: string, options: string, scratch: string, port: number): Promise<WebServer> {
  await writeFile(join(scratch, 'Caddyfile'), `{\n\tadmin off\n\tdefault_bind 127.0.0.1\n${options}}\nimport ${HOSTING}/Caddyfile\n`);
  const env = { ...process.env, HOME: scratch, XDG_DATA_HOME: scratch, XDG_CONFIG_HOME: scratch, IMR_ADDRESS: address, IMR_ROOT: root, IMR_BASE: base };
  const config = ['--config', join(scratch, 'Caddyfile'), '--adapter', 'caddyfile'];
  return run(program, ['run', ...config], ['validate', ...config], env, scratch, port);
}

function findProgram(name: string): string | undefined {
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'].map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The user `nobody` of Debian. Root's tests start the servers as that user: the configurations must not need more. */
const NOBODY = 65534;

function user(): Pick<SpawnOptions, 'uid' | 'gid'> {
  return isRoot() ? { uid: NOBODY, gid: NOBODY } : {};
}

async function serverFolder(): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'imr-server-'));
  if (isRoot()) await chown(scratch, NOBODY, NOBODY);
  return scratch;
}

async function run(program: string, args: string[], check: string[], env: NodeJS.ProcessEnv, scratch: string, port: number): Promise<WebServer> {
  const remove = () => rm(scratch, { recursive: true, force: true });
  try {
    const checked = spawnSync(program, check, { ...user(), env, encoding: 'utf8' });
    assert.equal(checked.status, 0, `${program} refuses its configuration: ${checked.stderr}`);
    const server = spawn(program, args, { ...user(), env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    await untilListening(port, server, () => said);
    return {
      port,
      async stop() {
        const ended = new Promise((resolve) => server.once('exit', resolve));
        if (server.exitCode === null && server.kill()) await ended;
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function untilListening(port: number, server: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) break;
    const listening = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1').once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (listening) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.kill();
  throw new Error(`The server does not listen on port ${port}: ${said()}`);
}

/** Caddy makes its certificate after it has begun to listen. */
async function untilSecure(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const ready = await new Promise<boolean>((resolve) => {
      const socket = connectSecurely({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false }, () => resolve(true)).once('error', () => resolve(false));
      socket.once('secureConnect', () => socket.destroy());
    });
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server has no certificate on port ${port}.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
