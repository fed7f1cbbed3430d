package io.github.costwise.cache.response;

import java.time.Instant;
import java.util.List;

import org.springframework.ai.chat.messages.Message;

import io.github.costwise.spi.NonAnswerRule;
import io.github.costwise.cache.admission.AnswerAdmission;
import io.github.costwise.cache.admission.AnswerWording;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.model.CacheEntry;

/**
 * Stores answers in the background. An answer is stored at once as one of its own group;
 * when the comparison with its neighbours is done, it moves to the group of those it
 * equals. Thread-safe.
 */
final class EntryWriter {

	private final ResponseCache cache;

	private final CacheTasks tasks;

	private final NonAnswerRule nonAnswers;

	private final AnswerComparer comparing;

	EntryWriter(ResponseCache cache, CacheTasks tasks, NonAnswerRule nonAnswers) {
		this.cache = cache;
		this.nonAnswers = nonAnswers;
		this.tasks = tasks;
		this.comparing = new AnswerComparer(cache, tasks, this::put);
	}

	void take(CacheTurn turn, Lookup lookup, FreshAnswer fresh) {
		Refusal refusal = AnswerAdmission.check(fresh.given(), wording(turn), fresh.ran(), turn.policy().admission());
		if (refusal != null) {
			refuse(turn, lookup, refusal);
		}
		else if (turn.policy().mode() == CacheMode.OBSERVE && turn.policy().semantic() == null) {
			Instant end = this.cache.now().plus(turn.policy().freshness().ttl());
			this.cache.shadow().put(lookup.asked().key().id(), fresh.cost(), end.toEpochMilli());
		}
		else {
			later(turn, lookup, FreshEntries.of(turn, lookup, fresh, this.cache.now(), this.cache.draw()));
		}
	}

	private AnswerWording wording(CacheTurn turn) {
		List<Message> messages = turn.request().prompt().getInstructions();
		String question = messages.isEmpty() ? null : messages.get(messages.size() - 1).getText();
		return new AnswerWording(this.nonAnswers, (question != null) ? question : "", turn.request().wantsJson());
	}

	private static void refuse(CacheTurn turn, Lookup lookup, Refusal refusal) {
		turn.counters().refused(refusal);
		lookup.lead().release(true);
	}

	private void later(CacheTurn turn, Lookup lookup, CacheEntry entry) {
		lookup.lead().answer(entry);
		if (!this.tasks.run(() -> storeAndLearn(turn, lookup, entry))) {
			refuse(turn, lookup, Refusal.OVERLOAD);
		}
	}

	private void storeAndLearn(CacheTurn turn, Lookup lookup, CacheEntry entry) {
		Refusal refusal = Refusal.STORE;
		try {
			refusal = put(turn, entry) ? null : Refusal.EVICTED;
		}
		finally {
			lookup.lead().stored();
			turn.counters().count(refusal);
		}
		this.comparing.learn(turn, lookup, entry);
	}

	private boolean put(CacheTurn turn, CacheEntry entry) {
		return this.cache.evictions().store(entry, turn.mark(), () -> this.cache.store(turn.policy()).put(entry));
	}

}
