import type { Component } from 'svelte';
import type { AnalysisId } from '../../analyses/registry';
import type { Route } from '../../state/router.svelte';

type RoomView = () => Promise<{ readonly default: Component }>;

/** The rooms beside the start page and the analyses, each fetched when it is first shown. */
const ROOMS: Readonly<Record<Exclude<Route, 'start' | AnalysisId>, RoomView>> = {
  library: () => import('../library/LibraryRoom.svelte'),
  open: () => import('../import/OpenRoom.svelte'),
  accounting: () => import('../import/AccountingRoom.svelte'),
  quality: () => import('./quality/QualityRoom.svelte'),
  cleaning: () => import('./cleaning/CleaningRoom.svelte'),
  identity: () => import('./identity/IdentityRoom.svelte'),
  policy: () => import('../import/PolicyRoom.svelte'),
  privacy: () => import('./privacy/PrivacyRoom.svelte'),
  recipe: () => import('./recipe/RecipeRoom.svelte'),
  dashboard: () => import('../dashboard/DashboardRoom.svelte'),
  audiences: () => import('../AudiencesRoom.svelte'),
  learn: () => import('../learn/LearnPage.svelte'),
};
export type RoomId = keyof typeof ROOMS;

/** Rooms about the dataset in force, which begin anew with another one. */
const OF_THE_DATASET: readonly RoomId[] = ['quality', 'cleaning', 'identity', 'privacy', 'recipe'];

export function isRoom(route: Route): route is RoomId {
  return route in ROOMS;
}

export function isOfTheDataset(room: RoomId): boolean {
  return OF_THE_DATASET.includes(room);
}

export async function loadRoom(room: RoomId): Promise<Component> {
  return (await ROOMS[room]()).default;
}
