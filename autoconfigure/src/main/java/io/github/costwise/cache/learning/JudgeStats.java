package io.github.costwise.cache.learning;

/**
 * What became of the judgements.
 *
 * @param compared how many pairs of answers were compared
 * @param asked how often the judge was asked
 * @param overBudget how often it was not asked because its budget was spent or too many
 * waited for it
 * @param failed how often it threw
 * @param dropped how many pairs found no room and were not judged at all
 * @since 0.1.0
 */
public record JudgeStats(long compared, long asked, long overBudget, long failed, long dropped) {

}
