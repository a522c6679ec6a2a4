package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.operation.Methods;
import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.operation.TextMethods;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Undefined;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Filters that work on lists. */
final class ListFilters {

    static final Map<String, Filter> ALL = new HashMap<>();

    static {
        ALL.put("list", (value, arguments, budget) -> Values.entries(value, budget));
        ALL.put("first", (value, arguments, budget) -> end(Values.entries(value, budget), true));
        ALL.put("last", (value, arguments, budget) -> end(Values.entries(value, budget), false));
        ALL.put("join", (value, arguments, budget) -> TextMethods.joined(
                Values.text(arguments.get(0, "d", Text.EMPTY), budget),
                attributes(Values.entries(value, budget), arguments.get(1, "attribute", null), budget), budget));
        ALL.put("reverse", ListFilters::reversed);
        ALL.put("sort", (value, arguments, budget) -> entries(sorted(
                Values.entries(value, budget),
                sortKey(arguments.get(2, "attribute", null), arguments.flag(1, "case_sensitive", false), budget),
                arguments.flag(0, "reverse", false), budget)));
        ALL.put("min", (value, arguments, budget) -> extreme(value, arguments, -1, budget));
        ALL.put("max", (value, arguments, budget) -> extreme(value, arguments, 1, budget));
        ALL.put("sum", ListFilters::sum);
        ALL.put("unique", ListFilters::unique);
        ALL.put("batch", ListFilters::batches);
        ALL.put("dictsort", ListFilters::dictSorted);
        ALL.put("groupby", ListFilters::grouped);
        ALL.put("map", ListFilters::mapped);
        ALL.put("select", (value, arguments, budget) -> chosen(value, null, arguments, true, budget));
        ALL.put("reject", (value, arguments, budget) -> chosen(value, null, arguments, false, budget));
        ALL.put("selectattr", (value, arguments, budget) ->
                chosen(value, arguments.required(0, "attribute"), arguments.from(1), true, budget));
        ALL.put("rejectattr", (value, arguments, budget) ->
                chosen(value, arguments.required(0, "attribute"), arguments.from(1), false, budget));
    }

    private ListFilters() {}

    private static Object end(List<Object> entries, boolean first) {
        return entries.isEmpty()
                ? new Undefined("the list has no " + (first ? "first" : "last") + " entry")
                : entries.get(first ? 0 : entries.size() - 1);
    }

    private static Object reversed(Object value, Arguments arguments, Budget budget) {
        List<Object> entries = Values.entries(value, budget);
        Collections.reverse(entries);
        return value instanceof Text ? TextMethods.joined(Text.EMPTY, entries, budget) : entries;
    }

    /**
     * Returns a function that reads an attribute by its name, or a nested one by several names with dots between them. A number
     * is an index.
     *
     * @param path null for the value itself
     */
    private static UnaryOperator<Object> attribute(Object path, Budget budget) {
        if (path == null) {
            return value -> value;
        }
        if (!(path instanceof Text) && !Numbers.isInteger(path)) {
            throw new TemplateException("the name of an attribute is " + Values.kind(path) + "; it must be a string");
        }
        Text names = Values.text(path, budget);
        budget.list(names.length() * 8L);
        List<Object> keys = new ArrayList<>();
        for (String name : names.toString().split("\\.")) {
            keys.add(name.matches("\\d{1,9}") ? (Object) Long.valueOf(name) : Text.of(name));
        }
        return value -> {
            Object part = value;
            for (Object key : keys) {
                budget.step();
                if (part instanceof Undefined) {
                    return part;
                }
                part = Operators.item(part, key, budget);
            }
            return part;
        };
    }

    /** @param otherwise takes the place of an undefined attribute; null for none */
    private static UnaryOperator<Object> attribute(Object path, Object otherwise, Budget budget) {
        UnaryOperator<Object> attribute = attribute(path, budget);
        return value -> {
            Object read = attribute.apply(value);
            return read instanceof Undefined && otherwise != null ? otherwise : read;
        };
    }

    private static List<Object> attributes(List<Object> values, Object path, Budget budget) {
        values.replaceAll(attribute(path, budget));
        return values;
    }

    /** Returns a function that reads what a value is sorted or grouped by. */
    private static UnaryOperator<Object> sortKey(Object path, boolean caseCounts, Budget budget) {
        return folded(attribute(path, budget), caseCounts, budget);
    }

    private static UnaryOperator<Object> folded(UnaryOperator<Object> key, boolean caseCounts, Budget budget) {
        return entry -> {
            budget.step();
            Object value = key.apply(entry);
            if (caseCounts || !(value instanceof Text text)) {
                return value;
            }
            budget.part(text, text.length());
            return Text.of(text.toString().toLowerCase(Locale.ROOT));
        };
    }

    private record Sorted(Object key, Object entry) {}

    private static List<Sorted> keyed(List<Object> values, UnaryOperator<Object> key, Budget budget) {
        budget.list(values.size() * 4L);
        return new ArrayList<>(values.stream().map(entry -> new Sorted(key.apply(entry), entry)).toList());
    }

    private static List<Sorted> sorted(List<Object> values, UnaryOperator<Object> key, boolean reverse, Budget budget) {
        List<Sorted> sorted = keyed(values, key, budget);
        Comparator<Sorted> order = (one, other) -> Values.compare(one.key, other.key, budget);
        sorted.sort(reverse ? order.reversed() : order);
        return sorted;
    }

    private static List<Object> entries(List<Sorted> sorted) {
        return new ArrayList<>(sorted.stream().map(Sorted::entry).toList());
    }

    /** Returns the first of the least values, or of the greatest ones. */
    private static Object extreme(Object value, Arguments arguments, int sign, Budget budget) {
        UnaryOperator<Object> key =
                sortKey(arguments.get(1, "attribute", null), arguments.flag(0, "case_sensitive", false), budget);
        List<Sorted> all = keyed(Values.entries(value, budget), key, budget);
        if (all.isEmpty()) {
            return new Undefined("the list has no entry");
        }
        Sorted found = all.get(0);
        for (Sorted each : all) {
            found = Values.compare(each.key, found.key, budget) * sign > 0 ? each : found;
        }
        return found.entry;
    }

    private static Object sum(Object value, Arguments arguments, Budget budget) {
        Object sum = arguments.get(1, "start", 0L);
        for (Object entry : attributes(Values.entries(value, budget), arguments.get(0, "attribute", null), budget)) {
            budget.step();
            sum = Operators.calculate("+", sum, entry, budget);
        }
        return sum;
    }

    private static Object unique(Object value, Arguments arguments, Budget budget) {
        Map<Object, Object> first = new LinkedHashMap<>();
        UnaryOperator<Object> key =
                sortKey(arguments.get(1, "attribute", null), arguments.flag(0, "case_sensitive", false), budget);
        List<Object> entries = Values.entries(value, budget);
        budget.list(entries.size() * 8L);
        entries.forEach(entry -> first.putIfAbsent(Values.key(key.apply(entry), first, budget), entry));
        return new ArrayList<>(first.values());
    }

    private static Object batches(Object value, Arguments arguments, Budget budget) {
        List<Object> entries = Values.entries(value, budget);
        int size = arguments.integer(0, "linecount", 0);
        if (size < 1) {
            throw new TemplateException("'batch' needs a number of entries of at least 1");
        }
        List<Object> batches = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += size) {
            budget.list(Math.min(size, entries.size()));
            List<Object> batch = new ArrayList<>(entries.subList(from, Math.min(entries.size(), from + size)));
            Object filler = arguments.get(1, "fill_with", null);
            if (filler != null) {
                budget.list(size);
                batch.addAll(Collections.nCopies(size - batch.size(), filler));
            }
            batches.add(batch);
        }
        return batches;
    }

    private static Object dictSorted(Object value, Arguments arguments, Budget budget) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateException("'dictsort' needs a dict, not " + Values.kind(value));
        }
        Object by = arguments.text(1, "by", "key").toString().equals("value") ? 1L : 0L;
        UnaryOperator<Object> key = sortKey(by, arguments.flag(0, "case_sensitive", false), budget);
        return entries(sorted(Methods.items(map, budget), key, arguments.flag(2, "reverse", false), budget));
    }

    private static Object grouped(Object value, Arguments arguments, Budget budget) {
        UnaryOperator<Object> attribute = attribute(
                arguments.required(0, "attribute"), arguments.get(1, "default", null), budget);
        UnaryOperator<Object> key = folded(attribute, arguments.flag(2, "case_sensitive", false), budget);
        List<Object> pairs = new ArrayList<>();
        List<Object> group = new ArrayList<>();
        Sorted last = null;
        for (Sorted each : sorted(Values.entries(value, budget), key, false, budget)) {
            if (last == null || !Values.equal(last.key, each.key, budget)) {
                group = new ArrayList<>();
                budget.list(0);
                pairs.add(Tuple.of(attribute.apply(each.entry), group));
            }
            group.add(each.entry);
            last = each;
        }
        return pairs;
    }

    private static Object mapped(Object value, Arguments arguments, Budget budget) {
        List<Object> entries = Values.entries(value, budget);
        if (arguments.named().containsKey("attribute")) {
            entries.replaceAll(attribute(arguments.named().get("attribute"), arguments.named().get("default"), budget));
            return entries;
        }
        Filter filter = Filters.of(arguments.requiredText(0, "filter").toString());
        entries.replaceAll(entry -> {
            budget.step();
            return filter.apply(entry, arguments.from(1), budget);
        });
        return entries;
    }

    private static Object chosen(Object value, Object path, Arguments test, boolean kept, Budget budget) {
        List<Object> entries = Values.entries(value, budget);
        Tests.Test holds = test.positional().isEmpty()
                ? (entry, arguments, spent) -> Values.isTrue(entry)
                : Tests.of(test.requiredText(0, "test").toString());
        UnaryOperator<Object> attribute = attribute(path, budget);
        entries.removeIf(entry -> {
            budget.step();
            return holds.holds(attribute.apply(entry), test.from(1), budget) != kept;
        });
        return entries;
    }
}
