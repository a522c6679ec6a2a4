package dev.apprentice.dataset.datasets.catalog;

import java.io.IOException;
import java.util.List;

/** Where all datasets are kept. */
interface DatasetPlaces {

    /** Every name that has, or had, a dataset. */
    List<String> names() throws IOException;

    /** Whether there may be a dataset of that name. */
    boolean isKnown(String name) throws IOException;

    /** The place for a dataset of that name, whether there is one or not. */
    DatasetPlace of(String name) throws IOException;

    /** How many datasets were wanted while an instance held them, and are held still. Answers at once. */
    int held() throws IOException;
}
