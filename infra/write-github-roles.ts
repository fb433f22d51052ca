/** `node infra/write-github-roles.ts` writes the template of the roles that GitHub's workflows assume. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './deployment.ts';
import { GITHUB_ROLES_FILE, githubRoles } from './github-roles.ts';

writeFileSync(join(ROOT, GITHUB_ROLES_FILE), `${JSON.stringify(githubRoles(), null, 2)}\n`);
