package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.operation.Methods;
import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.operation.TextMethods;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
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
        ALL.put("sort", (value, arguments, budget) -> sorted(
                Values.entries(value, budget), arguments.get(2, "attribute", null), arguments.flag(1, "case_sensitive", false),
                arguments.flag(0, "reverse", false), budget));
        ALL.put("min", (value, arguments, budget) -> end(sorted(Values.entries(value, budget), arguments, budget), true));
        ALL.put("max", (value, arguments, budget) -> end(sorted(Values.entries(value, budget), arguments, budget), false));
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

    /** Returns an attribute by its name, or a nested one by several names with dots between them. A number is an index. */
    private static Object attribute(Object value, Object path, Budget budget) {
        if (path == null) {
            return value;
        }
        Object part = value;
        for (String name : path.toString().split("\\.")) {
            if (part instanceof Undefined) {
                return part;
            }
            part = Operators.item(part, name.matches("\\d{1,9}") ? (Object) Long.valueOf(name) : Text.of(name), budget);
        }
        return part;
    }

    private static List<Object> attributes(List<Object> values, Object path, Budget budget) {
        values.replaceAll(value -> attribute(value, path, budget));
        return values;
    }

    private static Object folded(Object value, boolean caseCounts) {
        return value instanceof Text text && !caseCounts ? Text.of(text.toString().toLowerCase(Locale.ROOT)) : value;
    }

    private static List<Object> sorted(List<Object> values, Arguments arguments, Budget budget) {
        return sorted(values, arguments.get(1, "attribute", null), arguments.flag(0, "case_sensitive", false), false, budget);
    }

    private static List<Object> sorted(List<Object> values, Object path, boolean caseCounts, boolean reverse, Budget budget) {
        budget.work(values.size() * 20L);
        Comparator<Object> order = (one, other) -> Values.compare(
                folded(attribute(one, path, budget), caseCounts), folded(attribute(other, path, budget), caseCounts));
        values.sort(reverse ? order.reversed() : order);
        return values;
    }

    private static Object sum(Object value, Arguments arguments, Budget budget) {
        Object sum = arguments.get(1, "start", 0L);
        for (Object entry : attributes(Values.entries(value, budget), arguments.get(0, "attribute", null), budget)) {
            sum = Operators.calculate("+", sum, entry, budget);
        }
        return sum;
    }

    private static Object unique(Object value, Arguments arguments, Budget budget) {
        Map<Object, Object> first = new LinkedHashMap<>();
        boolean caseCounts = arguments.flag(0, "case_sensitive", false);
        Object path = arguments.get(1, "attribute", null);
        Values.entries(value, budget)
                .forEach(entry -> first.putIfAbsent(folded(attribute(entry, path, budget), caseCounts), entry));
        return new ArrayList<>(first.values());
    }

    private static Object batches(Object value, Arguments arguments, Budget budget) {
        List<Object> entries = Values.entries(value, budget);
        int size = Math.max(1, arguments.integer(0, "linecount", 1));
        List<Object> batches = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += size) {
            List<Object> batch = new ArrayList<>(entries.subList(from, Math.min(entries.size(), from + size)));
            Object filler = arguments.get(1, "fill_with", null);
            while (filler != null && batch.size() < Math.min(size, entries.size() + 1000)) {
                batch.add(filler);
            }
            batches.add(batch);
        }
        return batches;
    }

    private static Object dictSorted(Object value, Arguments arguments, Budget budget) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateException("'dictsort' needs a dict, not " + Values.kind(value));
        }
        Object by = arguments.text(1, "by", "key").toString().equals("value") ? Text.of("1") : Text.of("0");
        return sorted(Methods.items(map), by, arguments.flag(0, "case_sensitive", false), arguments.flag(2, "reverse", false), budget);
    }

    private static Object grouped(Object value, Arguments arguments, Budget budget) {
        Object path = arguments.required(0, "attribute");
        boolean caseCounts = arguments.flag(2, "case_sensitive", false);
        Map<Object, List<Object>> groups = new LinkedHashMap<>();
        for (Object entry : sorted(Values.entries(value, budget), path, caseCounts, false, budget)) {
            groups.computeIfAbsent(folded(attribute(entry, path, budget), caseCounts), key -> new ArrayList<>()).add(entry);
        }
        List<Object> pairs = new ArrayList<>();
        groups.values().forEach(group -> pairs.add(Tuple.of(attribute(group.get(0), path, budget), group)));
        return pairs;
    }

    private static Object mapped(Object value, Arguments arguments, Budget budget) {
        List<Object> entries = Values.entries(value, budget);
        if (arguments.named().containsKey("attribute")) {
            Object otherwise = arguments.named().get("default");
            entries.replaceAll(entry -> {
                Object attribute = attribute(entry, arguments.named().get("attribute"), budget);
                return attribute instanceof Undefined && otherwise != null ? otherwise : attribute;
            });
            return entries;
        }
        Filter filter = Filters.of(arguments.required(0, "filter").toString());
        entries.replaceAll(entry -> filter.apply(entry, arguments.from(1), budget));
        return entries;
    }

    private static Object chosen(Object value, Object path, Arguments test, boolean kept, Budget budget) {
        List<Object> entries = Values.entries(value, budget);
        Tests.Test holds = test.positional().isEmpty()
                ? (entry, arguments, spent) -> Values.isTrue(entry)
                : Tests.of(test.positional().get(0).toString());
        entries.removeIf(entry -> holds.holds(attribute(entry, path, budget), test.from(1), budget) != kept);
        return entries;
    }
}
