/** Processes that train one model together. {@link dev.apprentice.model.ranks.Ranks} is what training knows of them. */
package dev.apprentice.model.ranks;
