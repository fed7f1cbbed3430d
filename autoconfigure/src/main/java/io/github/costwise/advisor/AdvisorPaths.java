package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.ai.chat.client.advisor.ChatModelCallAdvisor;
import org.springframework.ai.chat.client.advisor.ChatModelStreamAdvisor;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;

import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.cache.policy.AdmissionRules;

/**
 * Finds out what a hit would skip: the advisors between the turn and the model, also
 * those behind the metering of calls. Those that only make the call possible may be
 * skipped; any other may be a guard, and keeps the cache out unless the policy names it.
 * Thread-safe.
 */
final class AdvisorPaths {

	private static final Log logger = LogFactory.getLog(AdvisorPaths.class);

	private static final Set<String> RETRIEVAL = Set.of(
			"org.springframework.ai.rag.advisor.RetrievalAugmentationAdvisor",
			"org.springframework.ai.chat.client.advisor.vectorstore.QuestionAnswerAdvisor");

	private static final Set<Class<?>> PLAIN = Set.of(ToolCallingAdvisor.class, StructuredOutputValidationAdvisor.class,
			SimpleLoggerAdvisor.class, CostCallAdvisor.class, ChatModelCallAdvisor.class, ChatModelStreamAdvisor.class);

	private static final int MOST_REPORTED = 100;

	private final Map<Class<?>, Boolean> reported = new ConcurrentHashMap<>();

	AdvisorPath of(Advisor self, List<? extends Advisor> advisors, AdmissionRules rules) {
		boolean foreign = false;
		boolean retrieval = false;
		for (int i = advisors.indexOf(self) + 1; i < advisors.size(); i++) {
			Advisor advisor = advisors.get(i);
			if (RETRIEVAL.contains(advisor.getClass().getName())) {
				retrieval = true;
			}
			else if (!isPlain(advisor) && !isNamed(advisor, rules)) {
				foreign = true;
				report(advisor);
			}
		}
		return (foreign || retrieval) ? new AdvisorPath(foreign, retrieval) : AdvisorPath.CLEAR;
	}

	private static boolean isPlain(Advisor advisor) {
		return PLAIN.contains(advisor.getClass());
	}

	private static boolean isNamed(Advisor advisor, AdmissionRules rules) {
		return !rules.advisors().isEmpty() && (rules.advisors().contains(advisor.getName())
				|| rules.advisors().contains(advisor.getClass().getName())
				|| rules.advisors().contains(advisor.getClass().getSimpleName()));
	}

	private void report(Advisor advisor) {
		if (this.reported.size() < MOST_REPORTED
				&& this.reported.putIfAbsent(advisor.getClass(), Boolean.TRUE) == null) {
			logger.warn("Costwise: the response cache is bypassed where " + advisor.getClass().getName()
					+ " stands before the model, since a hit would skip it. Let it run earlier (order before "
					+ CostTurnAdvisor.ORDER + "), or name it in 'cache.safe-advisors' of the policy");
		}
	}

}
