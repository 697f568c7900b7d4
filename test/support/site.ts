// What every newsroom of the tests is called and opened with.

export const ORIGIN = "https://ledger.example";
export const ROOT_KEY = "bs_root_for_the_tests_and_nothing_else_at_all";
