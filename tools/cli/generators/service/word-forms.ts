/** A name in every form in which code and prose write it. */
interface Forms {
  /** `gift-card`: files, paths, stacks, event types. */
  readonly kebab: string;
  /** `giftCard`: variables. */
  readonly camel: string;
  /** `GiftCard`: types. */
  readonly pascal: string;
  /** `GIFT_CARD`: environment variables. */
  readonly constant: string;
  /** `GIFT-CARD`: keys of the table. */
  readonly key: string;
  /** `gift card`: comments. */
  readonly prose: string;
  /** `Gift card`: the beginning of a sentence. */
  readonly sentence: string;
}

/** A name in all its forms. @param kebab kebab-case */
export function formsOf(kebab: string): Forms {
  const pascal = kebab.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) =>
    letter.toUpperCase(),
  );
  const prose = kebab.replaceAll('-', ' ');
  return {
    kebab,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    constant: kebab.toUpperCase().replaceAll('-', '_'),
    key: kebab.toUpperCase(),
    prose,
    sentence: prose.charAt(0).toUpperCase() + prose.slice(1),
  };
}

/** The English singular of a plural: `gift-cards` → `gift-card`, `categories` → `category`. */
export function singularOf(plural: string): string | undefined {
  if (/[^aeiou]ies$/.test(plural)) return plural.replace(/ies$/, 'y');
  if (/(s|x|z|ch|sh)es$/.test(plural)) return plural.slice(0, -2);
  return /[^s]s$/.test(plural) ? plural.slice(0, -1) : undefined;
}

/** A context and one of the things that it keeps, both in kebab-case. */
export interface ServiceNames {
  readonly name: string;
  readonly entity: string;
}

/** The names that the templates are written with. All of their forms differ, so each can be replaced. */
const SAMPLE: ServiceNames = { name: 'gift-cards', entity: 'gift-card' };

const samples = [...replacements(SAMPLE).keys()].toSorted((a, b) => b.length - a.length);
/** A sample word, with the article before it if there is one: another word may need "an". */
const SAMPLE_WORD = new RegExp(`(\\b[Aa] )?(${samples.join('|')})`, 'g');

/** Whether a text has a form of the sample names. */
export function hasSampleWord(text: string): boolean {
  return text.search(SAMPLE_WORD) >= 0;
}

/** Writes a template for other names. @param template its text or its path */
export function rename(template: string, names: ServiceNames): string {
  const words = replacements(names);
  return template.replace(SAMPLE_WORD, (_, article: string | undefined, sample: string) => {
    const word = words.get(sample) ?? sample;
    return article === undefined ? word : `${article.trim()}${needsAn(word) ? 'n' : ''} ${word}`;
  });
}

/** Every form of the sample names, and the same form of other names. */
function replacements(names: ServiceNames): Map<string, string> {
  const pairs = (['name', 'entity'] as const).flatMap((which) => {
    const [from, to] = [formsOf(SAMPLE[which]), formsOf(names[which])];
    return (Object.keys(from) as (keyof Forms)[]).map((form) => [from[form], to[form]] as const);
  });
  return new Map(pairs);
}

const needsAn = (word: string) => /^[aeiou]/i.test(word) && !/^(uni|use|usa|eu|one)/i.test(word);
