import { AwsError, type BusEvent, type Kernel } from '../kernel.ts';
import { Delivery } from './delivery.ts';
import { envelope } from './envelope.ts';
import { type Rule, type RuleProperties, readRule } from './rule.ts';

/** The event buses of one account and region. The bus `default` always exists. */
export class Buses {
  readonly #kernel: Kernel;
  readonly #delivery: Delivery;
  readonly #rules = new Map<string, Map<string, Rule>>([['default', new Map()]]);

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#delivery = new Delivery(kernel);
  }

  /**
   * Creates a bus.
   * @returns its ARN
   * @throws AwsError when the name is taken or invalid
   */
  create(name: string): string {
    if (!/^(?!aws\.)[A-Za-z0-9._/-]{1,256}$/.test(name)) {
      throw new AwsError('ValidationException', `${name} is not a valid event bus name.`);
    }
    if (this.#rules.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    this.#rules.set(name, new Map());
    return this.arn(name);
  }

  arn(name: string): string {
    return this.#kernel.arn('events', `event-bus/${name}`);
  }

  /** The name of the bus with this name or ARN, if it exists. */
  find(nameOrArn: string): string | undefined {
    const name = nameOrArn.replace(this.arn(''), '');
    return this.#rules.has(name) ? name : undefined;
  }

  /**
   * The bus with this name or ARN, and its rules by name.
   * @throws AwsError ResourceNotFoundException
   */
  get(nameOrArn: string): { readonly name: string; readonly rules: Map<string, Rule> } {
    const name = nameOrArn.replace(this.arn(''), '');
    const rules = this.#rules.get(name);
    if (rules) return { name, rules };
    throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
  }

  /** The names of all buses. */
  names(): string[] {
    return [...this.#rules.keys()];
  }

  /**
   * Adds a rule.
   * @throws AwsError when the bus is unknown, the name is taken or the rule is invalid
   */
  addRule(name: string, bus: string, properties: RuleProperties): Rule {
    const { name: busName, rules } = this.get(bus);
    if (rules.has(name)) {
      throw new AwsError(
        'ResourceAlreadyExistsException',
        `Rule ${name} already exists on ${busName}.`,
      );
    }
    const path = busName === 'default' ? name : `${busName}/${name}`;
    const arn = this.#kernel.arn('events', `rule/${path}`);
    const rule = readRule({ name, arn, busName, nowMs: Date.now() }, properties);
    rules.set(name, rule);
    return rule;
  }

  /**
   * Delivers an event to the targets of every matching rule.
   * @returns the id of the event
   * @throws AwsError when the bus is unknown
   */
  put(event: BusEvent): string {
    const { rules } = this.get(event.eventBusName);
    const { accountId, region } = this.#kernel;
    const wrapped = envelope(event, accountId, region, new Date());
    for (const rule of rules.values()) {
      if (rule.enabled && rule.pattern?.(wrapped)) this.#delivery.deliver(rule, wrapped);
    }
    return wrapped.id;
  }

  /** Logs an event for a bus that does not exist. On AWS, it is lost without a trace. */
  logLost(bus: string, detailType: string): void {
    const text = `event ${detailType} is lost: the event bus ${bus} does not exist`;
    this.#kernel.log({ at: Date.now(), stack: 'local-cloud', source: 'events', text });
  }

  /** The enabled rules with a schedule. They exist only on the default bus. */
  scheduled(): Rule[] {
    const rules = [...this.get('default').rules.values()];
    return rules.filter((rule) => rule.enabled && rule.schedule !== undefined);
  }

  /** Delivers the event of a schedule. Returns the reasons of deliveries that failed at once. */
  fire(rule: Rule): string[] {
    const { accountId, region } = this.#kernel;
    const event = {
      eventBusName: 'default',
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
      resources: [rule.arn],
    };
    return this.#delivery.deliver(rule, envelope(event, accountId, region, new Date()));
  }

  stop(): void {
    this.#delivery.stop();
  }
}
