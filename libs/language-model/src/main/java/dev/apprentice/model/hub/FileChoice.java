package dev.apprentice.model.hub;

import java.util.List;

/** Which of a repository's files are wanted. */
interface FileChoice {

    /**
     * The files to fetch, in this order; none if what is wanted is to be looked for elsewhere.
     *
     * @throws dev.apprentice.model.ModelException if the repository lacks what is wanted
     */
    List<String> select(HubReference reference, List<String> files);

    /** Whether these files, once fetched, are all that is wanted. */
    boolean complete(List<String> files);
}
