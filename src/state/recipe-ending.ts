/** How the file of a recipe ends. */
export const RECIPE_ENDING = '.recipe.json';
