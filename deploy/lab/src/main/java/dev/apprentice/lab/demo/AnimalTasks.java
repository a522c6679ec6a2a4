package dev.apprentice.lab.demo;

import java.util.List;

/** Young animals, and the sounds that animals make. */
final class AnimalTasks {

    private AnimalTasks() {}

    static List<Task> all() {
        return List.of(young(), sounds());
    }

    private static Task young() {
        return new Task("A young {subject} is called a {value}.", Fact.pairs("""
                cat: kitten, dog: puppy, cow: calf, sheep: lamb, horse: foal, goat: kid, duck: duckling, bear: cub, \
                deer: fawn, frog: tadpole, swan: cygnet, kangaroo: joey"""), Task.asked("""
                What is a young {} called?
                What do you call a baby {}?
                Name the young of a {}.
                Which word means a young {}?
                What is the name for a baby {}?
                What is the young of this animal called?
                Name the baby of the animal.
                Give the word for the young of this animal.
                What do you call its baby?
                Write the name of the young animal."""));
    }

    private static Task sounds() {
        return new Task("{value}", Fact.pairs("""
                dogs: Dogs bark., cats: Cats meow., cows: Cows moo., sheep: Sheep bleat., horses: Horses neigh., \
                pigs: Pigs oink., ducks: Ducks quack., lions: Lions roar., owls: Owls hoot., bees: Bees buzz., \
                snakes: Snakes hiss., wolves: Wolves howl."""), Task.asked("""
                What sound do {} make?
                What noise do {} make?
                Tell me the sound of {}.
                How do {} sound?
                Which verb names the sound of {}?
                What sound do these animals make?
                Name the noise of the animals.
                How do these animals sound?
                Say what sound they make.
                Describe the call of these animals."""));
    }
}
