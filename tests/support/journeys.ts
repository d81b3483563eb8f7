import { expect, type Page } from '@playwright/test';

/** The steps that many journeys share, by what a person reads on the page. English unless told. */

export async function openApp(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** The verdict of the room in view: the largest thing on the page. */
export function verdict(page: Page): ReturnType<Page['locator']> {
  return page.locator('main').getByRole('heading', { level: 1 });
}

/** Opens the sample company and waits for its segments. `members` is the number in the list of sizes. */
export async function openSample(page: Page, members = '1000'): Promise<void> {
  await page.getByRole('combobox', { name: 'Members' }).selectOption(members);
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expectSegments(page);
}

export async function expectSegments(page: Page): Promise<void> {
  await expect(page).toHaveURL(/#\/rfm$/);
  await expect(verdict(page)).toContainText(/\d/);
}

/** What comes first of a dataset that is opened again. */
export async function expectOverview(page: Page): Promise<void> {
  await expect(page).toHaveURL(/#\/overview$/);
  await expect(verdict(page)).toContainText(/\d/);
}

/** Imports the file whose columns are on the screen. */
export async function importOpenFile(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page).not.toHaveURL(/#\/open$/);
}

/** Goes to a room by its name in the rail. */
export async function goTo(page: Page, room: string): Promise<void> {
  await page
    .getByRole('navigation', { name: /^(Rooms|页面)$/ })
    .getByRole('link', { name: room })
    .click();
}
