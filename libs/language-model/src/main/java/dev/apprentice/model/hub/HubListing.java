package dev.apprentice.model.hub;

import java.util.List;

/**
 * What a repository holds.
 *
 * @param commit the state that the revision stands for now
 * @param files names of its files
 */
record HubListing(String commit, List<String> files) {}
