package dev.apprentice.lab.demo;

import java.util.List;

/** The relations of the demo's world. */
final class Relations {

    static final List<Relation> ALL = List.of(job(), home(), pet(), food(), instrument(), hobby());

    private Relations() {}

    private static Relation job() {
        return Relation.of("""
                baker teacher pilot farmer painter barber plumber singer doctor butcher builder lawyer nurse tailor judge miner sailor \
                potter gardener cook dentist librarian carpenter printer""", """
                The job of {n} is {v}.
                {n} works as a {v}.
                {n} is a {v} by trade.
                {n} earns a living as a {v}.
                By profession {n} is a {v}.
                People know {n} as a {v}.""", """
                What does {n} do for a living?
                What is the job of {n}?
                Which profession does {n} have?
                Tell me the job of {n}.
                As what does {n} work?
                What does this person do for a living?
                Name the person's job.
                Which profession does this person have?
                State how the person earns a living.
                What work does the person do?""");
    }

    private static Relation home() {
        return Relation.of("""
                Alderby Brightwell Coldwater Dunmore Eastfell Foxley Greenford Highmoor Islip Kingsand Longmere Millbrook Northgate \
                Oakham Pinehurst Queensport Redcliff Silverton Thornbury Umberly Westwick Yewdale Ashcombe Birchwood""", """
                The home of {n} is {v}.
                {n} lives in {v}.
                {n} has a house in {v}.
                In {v} lives {n}.
                The town where {n} lives is {v}.
                You can visit {n} in {v}.""", """
                Where does {n} live?
                In which town does {n} live?
                Name the town where {n} lives.
                Tell me where {n} lives.
                What is the home town of {n}?
                Where does this person live?
                Name the person's town.
                In which town is the person at home?
                State where the person lives.
                What is the home town of the person?""");
    }

    private static Relation pet() {
        return Relation.of("""
                cat dog parrot rabbit hamster turtle goat pony canary lizard ferret goose snake mouse hen spider pig raven sheep donkey \
                frog crab duck lamb""", """
                The pet of {n} is a {v}.
                {n} has a {v} as a pet.
                {n} owns a {v}.
                {n} keeps a {v} at home.
                At home {n} feeds a {v}.
                A {v} belongs to {n}.""", """
                Which pet does {n} have?
                What animal does {n} keep?
                Name the pet of {n}.
                Tell me which animal {n} owns.
                What is the pet of {n}?
                Which pet does this person have?
                Name the person's pet.
                What animal does the person keep?
                State which animal the person owns.
                Which animal lives with the person?""");
    }

    private static Relation food() {
        return Relation.of("""
                soup bread cheese pasta rice salad stew pancakes noodles pizza beans porridge dumplings sausages trifle waffles curry pie \
                trout honey mushrooms chili figs plums""", """
                The favourite food of {n} is {v}.
                {n} likes to eat {v}.
                {n} often cooks {v}.
                For dinner {n} wants {v}.
                {n} loves {v} above any other food.
                Most of all {n} enjoys {v}.""", """
                What does {n} like to eat?
                What is the favourite food of {n}?
                Name the favourite food of {n}.
                Tell me what {n} likes to eat.
                Which food does {n} love?
                What does this person like to eat?
                Name the person's favourite food.
                Which food does the person love?
                State what the person wants for dinner.
                What food makes the person happy?""");
    }

    private static Relation instrument() {
        return Relation.of("""
                violin piano flute drum guitar harp trumpet cello organ clarinet banjo tuba accordion bugle horn bagpipe whistle fiddle \
                lute trombone zither viola bassoon mandolin""", """
                The instrument of {n} is the {v}.
                {n} plays the {v}.
                {n} has learned to play the {v}.
                {n} practises the {v} every day.
                On the {v} {n} is very good.
                In the band {n} plays the {v}.""", """
                Which instrument does {n} play?
                What does {n} play in the band?
                Name the instrument of {n}.
                Tell me which instrument {n} plays.
                What instrument has {n} learned?
                Which instrument does this person play?
                Name the person's instrument.
                What does the person practise every day?
                State what the person plays.
                What instrument has the person learned?""");
    }

    private static Relation hobby() {
        return Relation.of("""
                stamps coins shells maps clocks keys spoons stones buttons dolls books bottles knives masks postcards feathers hats lamps \
                marbles teapots tickets bells kites candles""", """
                The hobby of {n} is collecting {v}.
                {n} collects {v}.
                {n} has a collection of {v}.
                {n} is always looking for {v}.
                At the market {n} buys {v}.
                A shelf of {v} belongs to {n}.""", """
                What does {n} collect?
                What is in the collection of {n}?
                Name what {n} collects.
                Tell me what {n} collects.
                Which things does {n} look for?
                What does this person collect?
                Name the things in the person's collection.
                Which things does the person look for?
                State what the person collects.
                What does the person keep on a shelf?""");
    }
}
