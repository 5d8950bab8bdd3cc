/** GitHub's workflows: whose code they run, with which rights, and that no text of a stranger gets into a command. */
import { load } from 'js-yaml';
import { z } from 'astro/zod';
import { count } from '../../src/words.ts';
import type { Checked } from './checked.ts';

const permissionsSchema = z.union([z.string(), z.record(z.string(), z.string())]).optional();
const workflowSchema = z.object({
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]),
  permissions: permissionsSchema,
  jobs: z.record(
    z.string(),
    z.object({
      uses: z.string().optional(),
      permissions: permissionsSchema,
      secrets: z.unknown().optional(),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() })).optional(),
    }),
  ),
});
type Permissions = z.infer<typeof permissionsSchema>;

/** Anybody can start these, and they run with the rights of the repository. */
const BY_STRANGERS = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion', 'discussion_comment', 'repository_dispatch'];
/** A workflow of this repository comes from the same commit. */
const OWN = /^\.\/\.github\/workflows\/[\w-]+\.ya?ml$/;
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/** @param texts of the files of .github/workflows, by name */
export function checkWorkflows(texts: ReadonlyMap<string, string>): Checked {
  const problems: string[] = [];
  let actions = 0;
  const writing: string[] = [];
  for (const [name, text] of texts) {
    const lines = text.split('\n');
    /** The line below which the part that is looked at begins: parts are looked at in the file's order. */
    let from = 0;
    const lineOf = (found: (line: string) => boolean): number => {
      const index = lines.findIndex((line, number) => number >= from && found(line));
      return index < 0 ? from + 1 : index + 1;
    };
    const problem = (line: number, words: string) => problems.push(`.github/workflows/${name}, line ${line}: ${words}`);
    let parsed: unknown;
    try {
      parsed = load(text);
    } catch (error) {
      problem(1, `is no YAML. ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
      continue;
    }
    const { data: workflow } = workflowSchema.safeParse(parsed);
    if (!workflow) {
      problem(1, 'is no workflow: on, jobs and steps are missing or of another form.');
      continue;
    }
    const triggers = typeof workflow.on === 'string' ? [workflow.on] : Array.isArray(workflow.on) ? workflow.on : Object.keys(workflow.on);
    for (const trigger of triggers.filter((one) => BY_STRANGERS.includes(one))) {
      problem(lineOf((line) => line.includes(trigger)), `${trigger} lets strangers start it with the repository’s rights. Use pull_request.`);
    }
    // With none, a job has whatever the repository's settings give, which may be to write everything.
    if (workflow.permissions === undefined) problem(1, 'has no permissions. Write permissions: {} at its top, and in each job what that needs.');
    else if (typeof workflow.permissions === 'string' || writes(workflow.permissions).length > 0) {
      problem(lineOf((line) => line.startsWith('permissions:')), 'gives rights to every job. Write permissions: {} here, and in each job what that needs.');
    }
    from = lineOf((line) => line.startsWith('jobs:'));
    for (const [jobName, job] of Object.entries(workflow.jobs)) {
      from = lineOf((line) => new RegExp(`^\\s+['"]?${jobName}['"]?:`).test(line)) - 1;
      const jobLine = from + 1;
      if (job.permissions === undefined) problem(jobLine, `the job ${jobName} does not say what it may do. Write its permissions.`);
      else if (typeof job.permissions === 'string') problem(jobLine, `the job ${jobName} has the permissions ${job.permissions}. Name each one that it needs.`);
      else if (writes(job.permissions).length > 0) {
        writing.push(`${jobName} (${writes(job.permissions).join(', ')})`);
        // Packages and the project's own scripts run in commands.
        if (job.uses !== undefined || job.steps?.some(({ run, uses }) => run !== undefined || uses?.startsWith('actions/checkout@'))) {
          problem(jobLine, `the job ${jobName} may write and runs code of packages. Let another job run that, and hand over an artifact.`);
        }
      }
      if (job.secrets === 'inherit') problem(jobLine, `the job ${jobName} hands all secrets on. Name those that are needed.`);
      const steps = [...(job.uses === undefined ? [] : [{ uses: job.uses }]), ...(job.steps ?? [])] as NonNullable<typeof job.steps>;
      for (const { uses, run, with: inputs } of steps) {
        if (uses !== undefined) {
          const line = lineOf((one) => one.includes('uses:') && one.includes(uses));
          from = line;
          if (OWN.test(uses)) continue;
          actions += 1;
          if (!PINNED.test(uses)) problem(line, `${uses} is not pinned. Write the 40 digits of the commit after the @, and the version as a comment: a tag can be moved to other code.`);
          else if (!/ # v\d+\.\d+\.\d+$/.test(lines[line - 1] ?? '')) problem(line, `${uses} does not say which version it is. Write it as a comment, such as # v1.2.3.`);
          if (uses.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false) problem(line, 'leaves the repository’s token in the folder. Write persist-credentials: false.');
        }
        for (const command of [run, inputs?.script]) {
          if (typeof command !== 'string') continue;
          const commandLines = command.split('\n').map((one) => one.trim()).filter(Boolean);
          for (const words of commandLines) {
            const line = lineOf((one) => one.includes(words));
            // A title or a branch name would be run as a command.
            if (words.includes('${{')) problem(line, 'puts a value into a command. Hand it over in env, and use it as "$NAME".');
            if (/\bnpm (?:install|i|add|update)\b|\bnpx\b|\bcurl\b|\bwget\b/.test(words)) problem(line, 'fetches code that no lockfile holds. Use npm ci, and npm run.');
            if (/ignore-scripts=false|\bnpm rebuild\b/.test(words)) problem(line, 'lets packages run programs when they are installed.');
          }
        }
      }
    }
  }
  return { says: `${count(texts.size, 'workflow')}: ${count(actions, 'action')} pinned by the hash of a commit, ${writing.length === 0 ? 'no job may write' : `only ${writing.join(', ')} may write`}`, problems };
}

/** The rights to write among these. */
function writes(permissions: Exclude<Permissions, string | undefined>): string[] {
  return Object.entries(permissions).filter(([, right]) => right === 'write').map(([name]) => name);
}
