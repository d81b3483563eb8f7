import { expect, test } from 'vitest';
import { IdleLock, type IdleClock } from '../../../../src/library/vault/idle-lock';

/** Time that the test turns on: timers run only while the machine is awake. */
class TurnedClock implements IdleClock {
  #nowMs = 1_000_000;
  #timers: { dueMs: number; action: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { dueMs: this.#nowMs + delayMs, action };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  /** Turns the clock in steps of one second, running what falls due. */
  pass(ms: number): void {
    for (const end = this.#nowMs + ms; this.#nowMs < end;) {
      this.#nowMs += 1_000;
      for (const due of this.#timers.filter(({ dueMs }) => dueMs <= this.#nowMs)) {
        this.#timers = this.#timers.filter((other) => other !== due);
        due.action();
      }
    }
  }

  /** The machine sleeps: the clock goes on, the timers stand still. */
  sleep(ms: number): void {
    this.#nowMs += ms;
    this.#timers = this.#timers.map((timer) => ({ ...timer, dueMs: timer.dueMs + ms }));
  }

  setBack(ms: number): void {
    this.#nowMs -= ms;
    this.#timers = this.#timers.map((timer) => ({ ...timer, dueMs: timer.dueMs - ms }));
  }

  get waiting(): number {
    return this.#timers.length;
  }
}

function idleLock(): { clock: TurnedClock; lock: IdleLock; locked: () => number } {
  const clock = new TurnedClock();
  let locked = 0;
  return { clock, lock: new IdleLock(clock, () => (locked += 1)), locked: () => locked };
}

test('it locks once after the idle time, not before', () => {
  const { clock, lock, locked } = idleLock();
  lock.start(60_000);
  clock.pass(59_000);
  expect(locked()).toBe(0);
  clock.pass(1_000);
  expect(locked()).toBe(1);
  clock.pass(600_000);
  lock.touch();
  expect(locked()).toBe(1);
  expect(clock.waiting).toBe(0);
});

test('use puts it off to the idle time after the last use, with one timer however much is used', () => {
  const { clock, lock, locked } = idleLock();
  lock.start(60_000);
  for (let i = 0; i < 100; i++) {
    clock.pass(7_000);
    lock.touch();
    expect(clock.waiting).toBe(1);
  }
  clock.pass(59_000);
  expect(locked()).toBe(0);
  clock.pass(1_000);
  expect(locked()).toBe(1);
});

test('the first touch after a night asleep locks and does not count as use', () => {
  const { clock, lock, locked } = idleLock();
  lock.start(60_000);
  clock.sleep(8 * 3_600_000);
  expect(locked()).toBe(0);
  lock.touch();
  expect(locked()).toBe(1);
});

test('a clock set back puts it off by no more than the idle time', () => {
  const { clock, lock, locked } = idleLock();
  lock.start(60_000);
  clock.setBack(86_400_000);
  clock.pass(120_000);
  expect(locked()).toBe(1);
});

test('once stopped it never locks, and can be started again with another time', () => {
  const { clock, lock, locked } = idleLock();
  lock.start(60_000);
  lock.stop();
  clock.pass(120_000);
  expect(locked()).toBe(0);
  lock.start(10_000);
  clock.pass(10_000);
  expect(locked()).toBe(1);
});

test('starting it again counts from then, by the new time alone', () => {
  const { clock, lock, locked } = idleLock();
  lock.start(10_000);
  clock.pass(9_000);
  lock.start(60_000);
  clock.pass(59_000);
  expect(locked()).toBe(0);
  clock.pass(1_000);
  expect(locked()).toBe(1);
});
