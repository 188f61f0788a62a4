import type { Room } from './contract.ts';

type Place = Pick<Room, 'building' | 'floor' | 'room'>;

/** `东楼 2层 203`; empty where nothing was entered. */
export const placeLabel = ({ building, floor, room }: Place): string =>
  [building, floor === null ? '' : `${floor}层`, room].filter((part) => part !== '').join(' ');

const byText = new Intl.Collator('zh-CN', { numeric: true });

/** By building, floor and room, as one walks; rooms without a place keep their order after the others. */
export const sortByPlace = <One extends Place>(rooms: readonly One[]): One[] => {
  const isPlaced = (room: One): boolean => placeLabel(room) !== '';
  return [
    ...rooms
      .filter(isPlaced)
      .toSorted(
        (a, b) =>
          byText.compare(a.building, b.building) ||
          (a.floor ?? 0) - (b.floor ?? 0) ||
          byText.compare(a.room, b.room),
      ),
    ...rooms.filter((room) => !isPlaced(room)),
  ];
};

/** The school's own order; classes it has not placed yet follow by grade and number, as they come in. */
export const inCorridorOrder = <One extends { readonly id: string }>(
  classes: readonly One[],
  order: readonly string[],
): One[] => {
  const placed = order.flatMap((classId) => classes.filter(({ id }) => id === classId));
  return [...placed, ...classes.filter(({ id }) => !order.includes(id))];
};

/** One place up or down; at either end nothing moves. */
export const movedBy = <One>(rooms: readonly One[], index: number, by: -1 | 1): One[] => {
  const moved = [...rooms];
  const [here, there] = [moved[index], moved[index + by]];
  if (here === undefined || there === undefined) return moved;
  moved[index] = there;
  moved[index + by] = here;
  return moved;
};
