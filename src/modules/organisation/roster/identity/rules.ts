import type { Post } from '../../contract.ts';
import type { BodyDescription, PersonAnswer, SnapshotPerson, WrittenTeacher } from '../contract.ts';

/** One place where a file names someone: a post in a body, or a row of a teacher list. */
export interface Mention {
  readonly name: string;
  readonly cell: string;
  readonly post: { readonly body: BodyDescription; readonly key: string; readonly post: Post } | null;
  readonly teacher: WrittenTeacher | null;
  readonly staffNumber: string | null;
  readonly phone: string | null;
  /** The school, or where it is not known which, the words and stage it is written with; null where none is. */
  readonly place: string | null;
  /** Id of the school where the place is one that already stands. */
  readonly schoolId: string | null;
  readonly answer: PersonAnswer | null;
}

export interface KnownPeople {
  readonly people: readonly SnapshotPerson[];
  /** Ids of the people who hold a post, by the keys the mentions use. */
  readonly holders: ReadonlyMap<string, readonly string[]>;
  /** Ids of people with a district officer's post, see `isOfficerPost`. */
  readonly officers: ReadonlySet<string>;
}

export interface Identified {
  readonly existing: SnapshotPerson | null;
  readonly mentions: readonly Mention[];
}

export interface Doubt {
  readonly kind: 'same-name' | 'name-differs';
  readonly name: string;
  readonly mentions: readonly Mention[];
  /** People of the database it may be. */
  readonly candidates: readonly SnapshotPerson[];
}

export interface Identities {
  readonly people: readonly Identified[];
  readonly doubts: readonly Doubt[];
}

/**
 * The posts of the district's officers: the leading group, heads of consortia, leads of core groups. The notice
 * names their holders without a school, because they belong to the bureau and its research office.
 */
export const isOfficerPost = (body: BodyDescription, post: Post): boolean =>
  body.kind === 'leading-group' ||
  (body.kind === 'consortium' && post === 'head') ||
  (body.kind === 'core-group' && post === 'lead');

const isOfficer = ({ post, place, staffNumber }: Mention): boolean =>
  post !== null && place === null && staffNumber === null && isOfficerPost(post.body, post.post);

interface Cluster {
  mentions: Mention[];
  existing: SnapshotPerson | null;
  staffNumber: string | null;
  phones: Set<string>;
  places: Set<string>;
  officer: boolean;
  /** Fixed by a person's answer, so nothing else may join it. */
  answered: boolean;
}

/**
 * A name is not an identity. Mentions of one name are one person when they share a staff number, a telephone
 * (unless the staff numbers differ), a school, or when all of them are officers' posts; whoever already holds the
 * very post named is that person. Different staff numbers, or different schools with different telephones, are
 * different people. Everything else is asked.
 */
export function identify(mentions: readonly Mention[], known: KnownPeople): Identities {
  const people: Identified[] = [];
  const doubts: Doubt[] = [];
  const knownByName = Map.groupBy(known.people, ({ name }) => name);
  const knownByNumber = new Map(
    known.people.flatMap((person): [string, SnapshotPerson][] =>
      person.staffNumber === null ? [] : [[person.staffNumber, person]],
    ),
  );
  const namesOfNumber = new Map<string, Set<string>>();
  for (const { staffNumber, name } of mentions)
    if (staffNumber !== null)
      namesOfNumber.set(staffNumber, (namesOfNumber.get(staffNumber) ?? new Set<string>()).add(name));

  for (const [name, all] of Map.groupBy(mentions, (mention) => mention.name)) {
    const sameName = knownByName.get(name) ?? [];
    const sure: Mention[] = [];
    for (const mention of all) {
      const number = mention.staffNumber;
      const holder = number === null ? undefined : knownByNumber.get(number);
      const twoNames = number !== null && (namesOfNumber.get(number)?.size ?? 0) > 1;
      if (mention.answer === null && (twoNames || (holder !== undefined && holder.name !== name)))
        doubts.push({
          kind: 'name-differs',
          name,
          mentions: [mention],
          candidates: holder === undefined ? [] : [holder],
        });
      else sure.push(mention);
    }
    const clusters = gather(sure, sameName, knownByNumber, known);
    settle(clusters, sameName, known);
    const doubtful = findDoubtful(clusters, sameName);
    for (const cluster of clusters)
      if (!doubtful.has(cluster)) people.push({ existing: cluster.existing, mentions: cluster.mentions });
    if (doubtful.size > 0)
      doubts.push({
        kind: 'same-name',
        name,
        mentions: [...doubtful].flatMap((cluster) => cluster.mentions),
        candidates: sameName,
      });
  }
  return { people, doubts };
}

/** Puts together what shares an answer, a person who stands already, a staff number, a telephone or a school. */
function gather(
  mentions: readonly Mention[],
  sameName: readonly SnapshotPerson[],
  byNumber: ReadonlyMap<string, SnapshotPerson>,
  known: KnownPeople,
): Cluster[] {
  const clusters: Cluster[] = [];
  const byKey = new Map<string, Cluster>();
  const keyed = mentions
    .map((mention) => ({ mention, existing: existingOf(mention, sameName, byNumber, known) }))
    .sort((one, other) => rank(one.mention, one.existing) - rank(other.mention, other.existing));
  for (const { mention, existing } of keyed) {
    const keys = keysOf(mention, existing);
    const found = keys
      .map((key) => byKey.get(key))
      .find((cluster) => cluster !== undefined && fits(cluster, mention, existing));
    const cluster = found ?? newCluster(existing);
    if (found === undefined) clusters.push(cluster);
    cluster.mentions.push(mention);
    cluster.staffNumber ??= mention.staffNumber;
    if (mention.phone !== null) cluster.phones.add(mention.phone);
    if (mention.place !== null) cluster.places.add(mention.place);
    cluster.officer ||= isOfficer(mention);
    cluster.answered ||= mention.answer !== null;
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, cluster);
  }
  return clusters;
}

const newCluster = (existing: SnapshotPerson | null): Cluster => ({
  mentions: [],
  existing,
  staffNumber: existing?.staffNumber ?? null,
  phones: new Set(),
  places: new Set(),
  officer: false,
  answered: false,
});

/** Mentions that say most about who is meant come first, so that the others can join them; "the one of that cell" last. */
const rank = ({ answer, staffNumber, phone, place }: Mention, existing: SnapshotPerson | null): number =>
  answer !== null && answer !== 'new' && 'cell' in answer
    ? 7
    : answer !== null
      ? 0
      : existing !== null
        ? 2
        : staffNumber !== null
          ? 3
          : phone !== null
            ? 4
            : place !== null
              ? 5
              : 6;

function existingOf(
  { name, answer, staffNumber, phone, post }: Mention,
  sameName: readonly SnapshotPerson[],
  byNumber: ReadonlyMap<string, SnapshotPerson>,
  known: KnownPeople,
): SnapshotPerson | null {
  if (answer !== null)
    return answer !== 'new' && 'id' in answer
      ? (known.people.find(({ id }) => id === answer.id) ?? null)
      : null;
  const one = (people: readonly SnapshotPerson[]) => (people.length === 1 ? (people[0] ?? null) : null);
  if (staffNumber !== null) {
    const holder = byNumber.get(staffNumber);
    if (holder !== undefined && holder.name === name) return holder;
  }
  const open = sameName.filter((person) => staffNumber === null || person.staffNumber === null);
  if (phone !== null) {
    const holder = one(open.filter((person) => person.phone === phone));
    if (holder !== null) return holder;
  }
  const holders = post === null ? [] : (known.holders.get(post.key) ?? []);
  return one(open.filter(({ id }) => holders.includes(id)));
}

function keysOf(mention: Mention, existing: SnapshotPerson | null): string[] {
  const { answer, cell, staffNumber, phone, place } = mention;
  if (answer === 'new') return [`cell ${cell}`];
  if (answer !== null) return 'id' in answer ? [`id ${answer.id}`, `cell ${cell}`] : [`cell ${answer.cell}`];
  const keys: string[] = [];
  if (existing !== null) keys.push(`id ${existing.id}`);
  if (staffNumber !== null) keys.push(`number ${staffNumber}`);
  if (phone !== null) keys.push(`phone ${phone}`);
  if (place !== null) keys.push(`place ${place}`);
  if (isOfficer(mention)) keys.push('officer');
  return [...keys, `cell ${cell}`];
}

function fits(
  cluster: Cluster,
  { answer, staffNumber, phone, place }: Mention,
  existing: SnapshotPerson | null,
): boolean {
  if (answer !== null) return true;
  if (existing !== null && cluster.existing !== null && existing.id !== cluster.existing.id) return false;
  if (staffNumber !== null && cluster.staffNumber !== null) return staffNumber === cluster.staffNumber;
  const samePhone = phone === null || cluster.phones.size === 0 || cluster.phones.has(phone);
  return samePhone || (place === null ? existing !== null : staffNumber !== null || existing !== null);
}

/** Finds people who stand already for clusters no number, telephone or post has tied to one. */
function settle(clusters: readonly Cluster[], sameName: readonly SnapshotPerson[], known: KnownPeople): void {
  const taken = new Set(clusters.flatMap(({ existing }) => (existing === null ? [] : [existing.id])));
  for (const cluster of clusters) {
    if (cluster.existing !== null || cluster.answered) continue;
    const open = sameName.filter(
      ({ id, staffNumber, phone }) =>
        !taken.has(id) &&
        (cluster.staffNumber === null || staffNumber === null) &&
        (cluster.phones.size === 0 || phone === null || cluster.phones.has(phone)),
    );
    const [school] = new Set(cluster.mentions.map(({ schoolId }) => schoolId).filter((id) => id !== null));
    const atSchool = school === undefined ? [] : open.filter((person) => person.homeSchoolId === school);
    const officers = cluster.officer
      ? open.filter((person) => person.homeSchoolId === null && known.officers.has(person.id))
      : [];
    const [match, second] = atSchool.length > 0 ? atSchool : officers;
    if (match === undefined || second !== undefined) continue;
    cluster.existing = match;
    taken.add(match.id);
  }
}

/** Above this many people of one name without a number, all of them are asked about. */
const mostCompared = 200;

function findDoubtful(
  clusters: readonly Cluster[],
  sameName: readonly SnapshotPerson[],
): ReadonlySet<Cluster> {
  const taken = new Set(clusters.flatMap(({ existing }) => (existing === null ? [] : [existing.id])));
  const free = sameName.filter(({ id }) => !taken.has(id));
  const freeWithoutNumber = free.some(({ staffNumber }) => staffNumber === null);
  const boundWithoutNumber = clusters.some(
    ({ existing, staffNumber }) => existing !== null && staffNumber === null,
  );
  const isDoubtful = (cluster: Cluster): boolean => {
    if (cluster.existing !== null || cluster.answered) return false;
    if (cluster.staffNumber !== null) return freeWithoutNumber || boundWithoutNumber;
    if (free.length > 0 || clusters.length > mostCompared) return true;
    return clusters.some((other) => other !== cluster && !surelyDifferent(cluster, other));
  };
  return new Set(clusters.filter(isDoubtful));
}

function surelyDifferent(one: Cluster, other: Cluster): boolean {
  if (one.places.size === 0 || other.places.size === 0) return false;
  if (one.phones.size === 0 || other.phones.size === 0) return false;
  return one.places.isDisjointFrom(other.places) && one.phones.isDisjointFrom(other.phones);
}
