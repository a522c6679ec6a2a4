package dev.apprentice.lab.demo;

import java.util.List;
import java.util.stream.Stream;

/** All that there is to know in the demo. */
final class World {

    private World() {}

    static List<Task> tasks() {
        return Stream.of(GrammarTasks.all(), LetterTasks.all(), AnimalTasks.all(), OrderTasks.all(), ThingTasks.all())
                .flatMap(List::stream)
                .toList();
    }
}
