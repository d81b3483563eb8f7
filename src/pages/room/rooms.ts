import type { Component } from 'svelte';
import type { Route } from '../../state/router.svelte';

type RoomView = () => Promise<{ readonly default: Component }>;

/** The rooms in which a dataset is governed, each fetched when it is first shown. */
export const GOVERNANCE_ROOMS = {
  quality: () => import('./quality/QualityRoom.svelte'),
  cleaning: () => import('./cleaning/CleaningRoom.svelte'),
  identity: () => import('./identity/IdentityRoom.svelte'),
  privacy: () => import('./privacy/PrivacyRoom.svelte'),
  recipe: () => import('./recipe/RecipeRoom.svelte'),
} as const satisfies Partial<Record<Route, RoomView>>;

export type GovernanceRoom = keyof typeof GOVERNANCE_ROOMS;

export function isGovernanceRoom(route: Route): route is GovernanceRoom {
  return route in GOVERNANCE_ROOMS;
}
