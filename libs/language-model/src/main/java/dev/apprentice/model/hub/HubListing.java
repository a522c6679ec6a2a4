package dev.apprentice.model.hub;

import java.util.List;

/**
 * The files of a repository.
 *
 * @param commit the commit that the revision refers to now
 * @param files the files' names
 */
record HubListing(String commit, List<String> files) {}
