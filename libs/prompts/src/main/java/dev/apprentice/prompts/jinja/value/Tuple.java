package dev.apprentice.prompts.jinja.value;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** A tuple: a list that is written in round brackets. */
public final class Tuple extends AbstractList<Object> {

    private final List<Object> values;

    public Tuple(List<Object> values) {
        this.values = values;
    }

    public static Tuple of(Object... values) {
        return new Tuple(Arrays.asList(values));
    }

    @Override
    public Object get(int index) {
        return values.get(index);
    }

    @Override
    public int size() {
        return values.size();
    }
}
