package dev.apprentice.lab.demo;

import java.util.List;

/** Countries, colours, kinds of things, and who does what. */
final class ThingTasks {

    private ThingTasks() {}

    static List<Task> all() {
        return List.of(capitalCities(), colours(), kinds(), professions());
    }

    private static Task capitalCities() {
        return new Task("The capital of {subject} is {value}.", Fact.pairs("""
                France: Paris, Spain: Madrid, Italy: Rome, Germany: Berlin, Japan: Tokyo, Egypt: Cairo, \
                Norway: Oslo, Greece: Athens, Poland: Warsaw, Peru: Lima, Kenya: Nairobi, Canada: Ottawa"""),
                Task.asked("""
                What is the capital of {}?
                Name the capital city of {}.
                Which city is the capital of {}?
                Tell me the capital of {}.
                What is the capital city of {} called?
                Name the capital of this country.
                Which city is its capital?
                What is the capital of the country?
                Give the capital city.
                State the capital of the country."""));
    }

    private static Task colours() {
        return new Task("The colour of {subject} is {value}.", Fact.pairs("""
                snow: white, grass: green, coal: black, blood: red, chocolate: brown, a lemon: yellow, \
                the sky: blue, a carrot: orange, a plum: purple, a flamingo: pink"""), Task.asked("""
                What is the colour of {}?
                Which colour is typical of {}?
                Name the colour of {}.
                Tell me the colour of {}.
                Which colour do you need to paint {}?
                What is the colour of this?
                Name its usual colour.
                Which colour would you paint it?
                Give the colour of the thing.
                Say which colour it has."""));
    }

    private static Task kinds() {
        return new Task("A {subject} is a kind of {value}.", Fact.pairs("""
                rose: flower, tulip: flower, pine: tree, hammer: tool, saw: tool, salmon: fish, robin: bird, \
                sparrow: bird, pear: fruit, cherry: fruit, violin: instrument, sofa: furniture"""), Task.asked("""
                What is a {}?
                What kind of thing is a {}?
                To which group does a {} belong?
                Tell me what a {} is.
                Classify the {}.
                What kind of thing is this?
                Name the group it belongs to.
                Classify this.
                Which category fits?
                Say what this is."""));
    }

    private static Task professions() {
        return new Task("A {value} {subject}.", Fact.pairs("""
                bakes bread: baker, teaches children: teacher, flies planes: pilot, grows food: farmer, \
                paints pictures: painter, puts out fires: firefighter, cuts hair: barber, fixes pipes: plumber, \
                sings songs: singer, heals the sick: doctor, sells meat: butcher, builds houses: builder"""),
                Task.asked("""
                Who {}?
                Which person {}?
                Name the person who {}.
                What do you call someone who {}?
                Tell me who {} for a living.
                Who does this for a living?
                Name the person who does this.
                Which job is described?
                Give the name of the profession.
                Whose work is this?"""));
    }
}
