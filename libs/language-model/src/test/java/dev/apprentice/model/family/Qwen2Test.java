package dev.apprentice.model.family;

class Qwen2Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-qwen2";
    }
}
