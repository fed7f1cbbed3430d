package io.github.costwise.cache.verify;

import java.util.List;
import java.util.function.Predicate;

/**
 * Decides which stored answer may be served, and learns from the fresh answers of the
 * requests for which it wanted none. One verifier serves one learning group.
 * Implementations are thread-safe, fast (a decision is made on the caller's thread) and
 * never block on input or output.
 *
 * @since 0.1.0
 */
public interface HitVerifier {

	/**
	 * Decides on a request.
	 * @param question the request and its nearest stored entries
	 * @return what to do
	 */
	HitDecision decide(CacheQuestion question);

	/**
	 * Learns from the model's answer. Called at most once a decision; not at all when
	 * there is no answer that may be stored. May take some tens of milliseconds and wait
	 * for others that learn, so call it where nobody waits.
	 * @param ask the decision
	 * @param newGroup the group that the new entry begins if its answer is new
	 * @param same whether the fresh answer equals that of an entry; asked once for each
	 * of the trial's rivals
	 * @return into which group the new entry goes, and which groups are out of date
	 */
	Placement learn(HitDecision.Decline ask, long newGroup, Predicate<NearEntry> same);

	/**
	 * Learns that a served answer was wrong.
	 * @param hit the decision
	 * @return groups whose answer is found to have changed
	 */
	List<Long> markWrong(HitDecision.Accept hit);

}
