package dev.apprentice.judge.responses;

import dev.apprentice.contracts.event.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A query for a checkpoint's responses: a filter, an order and a page. Start from {@link #ALL}.
 *
 * @param text a text that instruction, input, reference or response must contain, regardless of case
 * @param ranges figures that must lie in a range; a response without the figure does not match
 * @param sorting the figure to sort by; without it, responses are in the exam's order
 * @param offset how many to skip, at least 0
 * @param limit the most to return, at least 1
 */
public record ResponseQuery(
        Optional<String> text, List<Range> ranges, Optional<Sorting> sorting, int offset, int limit) {

    /** Every response, in the exam's order. */
    public static final ResponseQuery ALL =
            new ResponseQuery(Optional.empty(), List.of(), Optional.empty(), 0, Integer.MAX_VALUE);

    private static final Comparator<ScoredResponse> EXAM_ORDER = Comparator
            .<ScoredResponse>comparingInt(scored -> scored.response().index())
            .thenComparing(scored -> scored.response().example());

    /**
     * A figure's range, both ends included.
     *
     * @param figure a metric's name, or {@code judge:} and the judge's
     */
    public record Range(String figure, double atLeast, double atMost) {

        boolean holds(ScoredResponse scored) {
            return scored.figure(figure).filter(value -> value >= atLeast && value <= atMost).isPresent();
        }
    }

    /** The direction of sorting. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /**
     * A figure to sort by. Responses with equal values stay in the exam's order; those without the figure come last.
     *
     * @param figure a metric's name, or {@code judge:} and the judge's
     */
    public record Sorting(String figure, Direction direction) {

        Comparator<ScoredResponse> order() {
            Comparator<Double> values =
                    direction == Direction.ASCENDING ? Comparator.naturalOrder() : Comparator.reverseOrder();
            return Comparator.comparing(
                    (ScoredResponse scored) -> scored.figure(figure).orElse(null), Comparator.nullsLast(values));
        }
    }

    public ResponseQuery {
        ranges = List.copyOf(ranges);
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "offset is " + offset + " and limit " + limit + "; they must be at least 0 and at least 1");
        }
    }

    /** Returns this query restricted to responses in which one of the texts contains this. */
    public ResponseQuery containing(String wanted) {
        return new ResponseQuery(Optional.of(wanted), ranges, sorting, offset, limit);
    }

    /** Returns this query restricted to responses whose figure lies in this range, in addition to earlier ranges. */
    public ResponseQuery within(String figure, double atLeast, double atMost) {
        List<Range> more = new ArrayList<>(ranges);
        more.add(new Range(figure, atLeast, atMost));
        return new ResponseQuery(text, more, sorting, offset, limit);
    }

    /** Returns this query with another order. */
    public ResponseQuery sortedBy(String figure, Direction direction) {
        return new ResponseQuery(text, ranges, Optional.of(new Sorting(figure, direction)), offset, limit);
    }

    /** Returns this query for another page. */
    public ResponseQuery page(int from, int most) {
        return new ResponseQuery(text, ranges, sorting, from, most);
    }

    /** Returns the page that this query selects from these responses. */
    ResponsePage of(List<ScoredResponse> all) {
        List<ScoredResponse> fit = all.stream().filter(this::fits).sorted(order()).toList();
        List<ScoredResponse> page = fit.stream().skip(offset).limit(limit).toList();
        return new ResponsePage(all.size(), fit.size(), offset, page);
    }

    private boolean fits(ScoredResponse scored) {
        return ranges.stream().allMatch(range -> range.holds(scored))
                && text.map(wanted -> contains(scored.response(), wanted.toLowerCase(Locale.ROOT))).orElse(true);
    }

    private static boolean contains(Response response, String wanted) {
        return Stream.of(response.instruction(), response.input(), response.output(), response.response())
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private Comparator<ScoredResponse> order() {
        return sorting.map(by -> by.order().thenComparing(EXAM_ORDER)).orElse(EXAM_ORDER);
    }
}
