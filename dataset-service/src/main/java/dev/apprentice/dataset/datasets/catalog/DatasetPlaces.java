package dev.apprentice.dataset.datasets.catalog;

import java.io.IOException;
import java.util.List;

/** The storage of all datasets. */
interface DatasetPlaces {

    /** Returns all names that have, or had, a dataset. */
    List<String> names() throws IOException;

    /** Tells whether there may be a dataset of that name. */
    boolean isKnown(String name) throws IOException;

    /** Returns the storage for a dataset of that name, whether there is one or not. */
    DatasetPlace of(String name) throws IOException;

    /** Returns how many datasets another instance held when they were last needed, and still holds. Does not wait. */
    int held() throws IOException;
}
