package io.github.costwise.cache.partition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;

import io.github.costwise.cache.partition.PartitionResult.Found;
import io.github.costwise.faults.Faults;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no field of a turn runs into another one, with many turns.
 */
@Tag("thorough")
class PartitionsSearchTests {

	private static final UserMessage QUESTION = new UserMessage("What is a cache?");

	private final Partitions partitions = new Partitions("1.0", List.of(), new Faults());

	/** Texts cut at random places into tenant, user, feature and history. */
	@Test
	void textsCutElsewhereGiveOtherPartitions() {
		Random random = new Random(42);
		Map<String, List<String>> seen = new HashMap<>();
		for (int i = 0; i < 20_000; i++) {
			List<String> cut = cut(random);
			String partition = partition(Requests.plain()
				.attribution(cut.get(0), cut.get(1), cut.get(2))
				.messages(new SystemMessage(cut.get(3)), new UserMessage(cut.get(4)), new AssistantMessage(cut.get(5)),
						QUESTION)
				.output(Map.of(cut.get(6), cut.get(7))));
			List<String> before = seen.putIfAbsent(partition, cut);
			assertThat((before != null) ? before : cut).isEqualTo(cut);
		}
		assertThat(seen).hasSizeGreaterThan(1_000);
	}

	private static List<String> cut(Random random) {
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			parts.add("aaaa".substring(0, random.nextInt(4)) + "b".repeat(random.nextInt(2)));
		}
		return parts;
	}

	private String partition(Requests request) {
		return ((Found) this.partitions.of(request.build(), false, null, 1000)).question().key().partition();
	}

}
