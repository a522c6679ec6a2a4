/** JSON files of a model's folder. */
package dev.apprentice.model.json;
