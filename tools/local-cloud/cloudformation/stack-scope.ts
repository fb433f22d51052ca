import type { Kernel } from '../kernel.ts';
import { resolve, type Scope } from './intrinsics.ts';
import type { DeployedStack } from './stack.ts';
import type { Template } from './template.ts';

/** Suffixes of the availability zones of a region. */
const ZONES = ['a', 'b', 'c'];

/** The names that the template of a stack can refer to during its deployment. */
export class StackScope implements Scope {
  readonly #kernel: Kernel;
  readonly #template: Template;
  readonly #stack: DeployedStack;
  readonly #imports: (name: string) => unknown;

  /** @param imports returns the value of an export, or undefined when no stack exports it */
  constructor(
    kernel: Kernel,
    template: Template,
    stack: DeployedStack,
    imports: (name: string) => unknown,
  ) {
    this.#kernel = kernel;
    this.#template = template;
    this.#stack = stack;
    this.#imports = imports;
  }

  ref(name: string): unknown {
    const resource = this.#stack.resources.get(name);
    if (resource) return resource.created.physicalId;
    if (name.startsWith('AWS::')) return this.#pseudoParameter(name);
    const parameter = this.#template.Parameters?.[name];
    if (!parameter) throw new Error(`Ref: there is no resource or parameter ${name}`);
    if (parameter.Type.startsWith('AWS::SSM::') || parameter.Default === undefined) {
      throw new Error(`Ref: parameter ${name} has no value here (${parameter.Type})`);
    }
    return parameter.Type === 'CommaDelimitedList'
      ? String(parameter.Default).split(',')
      : parameter.Default;
  }

  getAtt(logicalId: string, attribute: string): unknown {
    const resource = this.#stack.resources.get(logicalId);
    if (!resource) throw new Error(`Fn::GetAtt: there is no resource ${logicalId}`);
    const { attributes = {} } = resource.created;
    const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (value !== undefined) return value;
    const known = Object.keys(attributes).join(', ') || 'none';
    const where = `${logicalId} (${resource.type})`;
    throw new Error(`Fn::GetAtt: ${where} has no attribute ${attribute} here; it has ${known}`);
  }

  condition(name: string): boolean {
    const condition = this.#template.Conditions?.[name];
    if (condition === undefined) throw new Error(`There is no condition ${name}`);
    return Boolean(resolve(condition, this));
  }

  findInMap(map: string, first: string, second: string): unknown {
    const value = this.#template.Mappings?.[map]?.[first]?.[second];
    if (value !== undefined) return value;
    throw new Error(`Fn::FindInMap: there is no ${map}.${first}.${second}`);
  }

  importValue(name: string): unknown {
    const value = this.#imports(name);
    if (value !== undefined) {
      this.#stack.imports.add(name);
      return value;
    }
    throw new Error(`Fn::ImportValue: no deployed stack exports ${name}`);
  }

  availabilityZones(region: string): string[] {
    return ZONES.map((zone) => `${region}${zone}`);
  }

  #pseudoParameter(name: string): unknown {
    const values: Record<string, unknown> = {
      'AWS::Region': this.#kernel.region,
      'AWS::AccountId': this.#kernel.accountId,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': this.#stack.name,
      'AWS::StackId': this.#stack.id,
      'AWS::NotificationARNs': [],
    };
    if (name in values) return values[name];
    throw new Error(`Ref: pseudo parameter ${name} is not supported`);
  }
}
