/** The timers of RFC 3261 §17 (table 4) and RFC 6026 in milliseconds; 0 = at once. */
export type Timers = {
  T1: number;
  T2: number;
  T4: number;
  /** INVITE client: first retransmission (0 = none), give up, wait in Completed. */
  A: number;
  B: number;
  D: number;
  /** Non-INVITE client: first retransmission (0 = none), give up, wait in Completed. */
  E: number;
  F: number;
  K: number;
  /** INVITE server: response retransmission (0 = none), wait for ACK, wait in Confirmed. */
  G: number;
  H: number;
  I: number;
  /** Non-INVITE server: wait in Completed. */
  J: number;
  /** RFC 6026: server and client INVITE transactions in Accepted. */
  L: number;
  M: number;
};

/** The table for a reliable (TCP) or unreliable (UDP) transport. */
export function timersFor(reliable: boolean, T1 = 500, T2 = 4_000, T4 = 5_000): Timers {
  const long = 64 * T1;
  return {
    T1,
    T2,
    T4,
    A: reliable ? 0 : T1,
    B: long,
    D: reliable ? 0 : Math.max(32_000, long),
    E: reliable ? 0 : T1,
    F: long,
    K: reliable ? 0 : T4,
    G: reliable ? 0 : T1,
    H: long,
    I: reliable ? 0 : T4,
    J: reliable ? 0 : long,
    L: long,
    M: long,
  };
}
