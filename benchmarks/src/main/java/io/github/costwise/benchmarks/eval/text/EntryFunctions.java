package io.github.costwise.benchmarks.eval.text;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.retry.NonTransientAiException;

import io.github.costwise.Attribution;
import io.github.costwise.Tier;
import io.github.costwise.accounting.usage.TokenCounters;
import io.github.costwise.advisor.ModelFamily;
import io.github.costwise.answer.AnswerReader;
import io.github.costwise.answer.AnswerRecorder;
import io.github.costwise.answer.none.NonAnswers;
import io.github.costwise.cache.admission.AnswerAdmission;
import io.github.costwise.cache.admission.AnswerWording;
import io.github.costwise.cache.admission.RequestAdmission;
import io.github.costwise.cache.learning.AnswerComparison;
import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.Partitions;
import io.github.costwise.cache.partition.TurnOwner;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.cache.verify.ConversationContext;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.fallback.classify.FailureClassifiers;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.quality.AnswerForm;
import io.github.costwise.quality.EscalationEstimate;
import io.github.costwise.quality.GateLabel;
import io.github.costwise.quality.QualityGates;
import io.github.costwise.routing.RequestFeatures;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TokenCounter;

/**
 * Where text of requests, answers and errors enters the library.
 *
 * @since 0.1.0
 */
public final class EntryFunctions {

	private static final String MODEL = "gpt-5";

	private static final int LONGEST = 1000;

	private final AdmissionRules rules = new AdmissionRules(null, LONGEST, Integer.MAX_VALUE, Set.of(), Set.of(), true,
			true);

	private final AdmissionRules longRules = new AdmissionRules(null, Integer.MAX_VALUE, Integer.MAX_VALUE, Set.of(),
			Set.of(), true, true);

	private final Partitions partitions = new Partitions(null, List.of(), new Faults());

	private final TextEncoder encoder;

	/**
	 * Creates the entries.
	 * @param encoder encodes questions
	 */
	public EntryFunctions(TextEncoder encoder) {
		this.encoder = encoder;
	}

	/**
	 * Returns every entry.
	 * @return the functions
	 */
	public List<TextFunction> all() {
		return List.of(function("question", (text) -> this.partitions.of(request(text), true, null, LONGEST)),
				function("question without a limit",
						(text) -> this.partitions.of(request(text), true, null, Integer.MAX_VALUE)),
				function("wording of a question", (text) -> RequestAdmission.check(request(text), this.rules)),
				function("wording of a question without a limit",
						(text) -> RequestAdmission.check(request(text), this.longRules)),
				function("admission of an answer", (text) -> admission(text, false)),
				function("admission of JSON", (text) -> admission(text, true)),
				function("parts of an answer", (text) -> AnswerReader.of(response(text))),
				function("words of a question", TextFeatures::of),
				function("follow-up question", ConversationContext::isAnaphoric),
				function("history", (text) -> ConversationContext.digest(List.of(text, text))),
				function("encoding", this.encoder::encode), same("comparison of answers", "", " y"),
				same("comparison of fenced answers", "```json\n", "```"), same("comparison of JSON", "[\"", "\"]"),
				function("form of an answer", AnswerForm::of), function("validity of an answer", EntryFunctions::valid),
				function("validity of JSON", (text) -> valid("{\"answer\": \"" + text + "\"}")), evidence(),
				function("features of a request", RequestFeatures::of),
				function("score of a request", new ScoredText()::score), tokens(), error("HTTP 400 - "),
				error("429 - {"), error(""), function("name of a model", ModelFamily::of));
	}

	private static TextFunction function(String name, java.util.function.Function<String, Object> use) {
		return new TextFunction(name, use::apply);
	}

	private static CacheRequest request(String text) {
		TurnOwner owner = new TurnOwner(new Attribution("desk", "acme", "ada", Map.of()), "default", Tier.AUTO, null,
				Answerer.own("model"));
		return new CacheRequest(new Prompt(List.of(new UserMessage(text))), Map.of(), owner,
				CacheRequest.AdvisorPath.CLEAR, "turn", false);
	}

	private static ChatResponse response(String text) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text),
				ChatGenerationMetadata.builder().finishReason("stop").build())));
	}

	private Object admission(String text, boolean json) {
		return String.valueOf(AnswerAdmission.check(AnswerRecorder.of(response(text)),
				new AnswerWording(NonAnswers.scored(), text, json), Set.of(), this.rules));
	}

	private static TextFunction same(String name, String before, String after) {
		AnswerComparison comparison = new AnswerComparison(null);
		return function(name, (text) -> comparison.same(before + text + after, before + text + "z" + after));
	}

	private static Object valid(String text) {
		return QualityGates.validity().judge(GatedAnswer.of(text)).outcome();
	}

	private static TextFunction evidence() {
		GateLabel label = new GateLabel(.5, GatedAnswer.of("a").beside("b"), 1);
		EscalationEstimate estimate = EscalationEstimate.fit(List.of(label, label));
		return function("evidence of two answers",
				(text) -> estimate.of(.5, GatedAnswer.of(text).beside(text + " and more")));
	}

	private static TextFunction tokens() {
		TokenCounter counter = TokenCounters.jtokkit();
		return function("size in tokens", (text) -> counter.count(text, MODEL));
	}

	private static TextFunction error(String before) {
		FailureClassifiers classifiers = new FailureClassifiers(List.of(), Clock.systemUTC());
		return function("error " + before, (text) -> classifiers.classify(new NonTransientAiException(before + text)));
	}

	/** The shipped routing model without an encoder. */
	private static final class ScoredText {

		private final RoutingModel model = RoutingModel.shipped();

		private Object score(String text) {
			return String.valueOf(this.model.score(text, null));
		}

	}

}
