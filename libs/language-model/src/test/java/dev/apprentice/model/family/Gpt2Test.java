package dev.apprentice.model.family;

class Gpt2Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-gpt2";
    }
}
