package dev.apprentice.model.hub;

import java.util.List;

/** Selects the wanted files of a repository. */
interface FileChoice {

    /**
     * Returns the files to download, in this order; none if another revision may have them.
     *
     * @throws dev.apprentice.model.ModelException if the repository lacks a wanted file
     */
    List<String> select(HubReference reference, List<String> files);

    /** Tells whether these downloaded files are all that is wanted. */
    boolean complete(List<String> files);
}
