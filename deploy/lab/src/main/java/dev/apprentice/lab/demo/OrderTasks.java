package dev.apprentice.lab.demo;

import java.util.List;

/** Months, days and numbers. */
final class OrderTasks {

    private OrderTasks() {}

    static List<Task> all() {
        return List.of(nextMonth(), dayBefore(), sums());
    }

    private static Task nextMonth() {
        return new Task("The month after {subject} is {value}.", Fact.pairs("""
                January: February, February: March, March: April, April: May, May: June, June: July, July: August, \
                August: September, September: October, October: November, November: December, December: January"""),
                Task.asked("""
                Which month comes after {}?
                What month follows {}?
                Name the month after {}.
                When {} is over, which month begins?
                Tell me the next month after {}.
                Name the month that comes next.
                Which month follows this one?
                What is the next month?
                Give the month after it.
                Continue the calendar by one month."""));
    }

    private static Task dayBefore() {
        return new Task("The day before {subject} is {value}.", Fact.pairs("""
                Monday: Sunday, Tuesday: Monday, Wednesday: Tuesday, Thursday: Wednesday, Friday: Thursday, \
                Saturday: Friday, Sunday: Saturday"""), Task.asked("""
                Which day comes before {}?
                What day is it one day before {}?
                Name the day before {}.
                If tomorrow is {}, what day is today?
                Tell me the day that comes just before {}.
                Name the day that comes before.
                Which day is one day earlier?
                What was the day before this one?
                Give the previous day of the week.
                Go back by one day."""));
    }

    private static Task sums() {
        return new Task("{subject} is {value}.", Fact.pairs("""
                1 plus 1: 2, 2 plus 1: 3, 2 plus 3: 5, 3 plus 4: 7, 4 plus 4: 8, 5 plus 1: 6, 5 plus 4: 9, \
                6 plus 6: 12, 7 plus 3: 10, 8 plus 3: 11, 9 plus 5: 14, 8 plus 7: 15"""), Task.asked("""
                What is {}?
                How much is {}?
                Work out {}.
                Calculate {}.
                Tell me the result of {}.
                Add the numbers.
                Work out the sum.
                Calculate the result.
                What is the sum?
                Solve this."""));
    }
}
