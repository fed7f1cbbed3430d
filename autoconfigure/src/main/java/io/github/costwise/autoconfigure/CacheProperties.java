package io.github.costwise.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Properties of the response cache as a whole. What each policy says of it is under
 * 'costwise.policies'.
 *
 * @param store Where answers are kept.
 * @param version Version of the application as far as answers depend on it. Answers of
 * another version are not found.
 * @param slowAfter How long a request to the store may take. When half of ten take longer
 * or fail, the store is left out for ten seconds, then tried with one request.
 * @param memory Store in process.
 * @param redis Store in Redis.
 * @param vectorStore Store in a vector store of the application.
 * @param jdbc Labels in a database, beside a vector store.
 * @param singleFlight Bursts of the same question.
 * @param judge Judging answers by an AnswerJudge bean.
 * @param traffic Questions written to a file, for the evaluation commands.
 */
@ConfigurationProperties("costwise.cache")
record CacheProperties(@DefaultValue("memory") StoreType store, @Nullable String version,
		@DefaultValue("250ms") Duration slowAfter, @DefaultValue MemoryStore memory, @DefaultValue Redis redis,
		@DefaultValue Vectors vectorStore, @DefaultValue LabelJdbc jdbc, @DefaultValue FlightProperties singleFlight,
		@DefaultValue Judge judge, @DefaultValue Traffic traffic) {

	private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

	private static final Duration MOST_INTERVAL = Duration.ofDays(365);

	/** Where answers are kept. */
	enum StoreType {

		/** In process. */
		MEMORY,

		/** In Redis. */
		REDIS,

		/** In a vector store of the application. */
		VECTOR_STORE

	}

	/**
	 * Store in process.
	 *
	 * @param maxEntries Number of entries to keep. The least recently used are evicted.
	 * @param maxSize Memory that entries may take, estimated.
	 * @param file File that keeps the entries over restarts. Labels are kept in a second
	 * one beside it. Without it nothing is kept.
	 */
	record MemoryStore(@DefaultValue("100000") long maxEntries, @DefaultValue("256MB") DataSize maxSize,
			@Nullable String file) {

	}

	/**
	 * Store in Redis.
	 *
	 * @param name First part of the names of keys and index. Applications with the same
	 * name share answers.
	 * @param timeout How long to wait for each command.
	 * @param maxConnections Number of connections at the most.
	 */
	record Redis(@DefaultValue("costwise:cache") String name, @DefaultValue("250ms") Duration timeout,
			@DefaultValue("16") int maxConnections) {

	}

	/**
	 * Store in a vector store of the application.
	 *
	 * @param bean Name of the VectorStore bean. Not needed when there is one.
	 * @param timeout How long to wait for each request.
	 * @param maxConcurrent Number of requests at a time.
	 * @param sweepInterval How often expired entries are removed.
	 */
	record Vectors(@Nullable String bean, @DefaultValue("500ms") Duration timeout,
			@DefaultValue("16") int maxConcurrent, @DefaultValue("10m") Duration sweepInterval) {

		Vectors {
			if (sweepInterval.compareTo(LEAST_INTERVAL) < 0 || sweepInterval.compareTo(MOST_INTERVAL) > 0) {
				throw new CostwiseConfigurationException(
						"costwise.cache.vector-store.sweep-interval is " + sweepInterval + ".",
						"Set costwise.cache.vector-store.sweep-interval to a time from 1s to 365d.");
			}
		}

	}

	/**
	 * Labels in a database, beside a vector store.
	 *
	 * @param timeout How long to wait for each answer of the database.
	 * @param initializeSchema Whether the table is created when it is absent.
	 */
	record LabelJdbc(@DefaultValue("5s") Duration timeout, @DefaultValue("true") boolean initializeSchema) {

	}

	/**
	 * Bursts of the same question.
	 *
	 * @param enabled Whether a burst of the same question makes one call.
	 * @param patience How long a request waits for another one that asks the same.
	 */
	record FlightProperties(@DefaultValue("true") boolean enabled, @DefaultValue("30s") Duration patience) {

	}

	/**
	 * Judging answers by an AnswerJudge bean.
	 *
	 * @param perHour Number of judgements in an hour at the most.
	 * @param perDay Number of judgements in a day at the most.
	 * @param queue Number of judgements that may wait.
	 */
	record Judge(@DefaultValue("60") int perHour, @DefaultValue("500") int perDay, @DefaultValue("256") int queue) {

	}

	/**
	 * Questions written to a file, for the evaluation commands.
	 *
	 * @param file File that takes the questions as they are, with the group of their
	 * answer. Without it none are written.
	 * @param maxSize Size that the file may grow to.
	 * @param learnFrom File of earlier traffic to learn from, once, when nothing was
	 * learnt yet. Lines are JSON objects with 'text' and 'answer'.
	 * @param feature Feature whose traffic that is. Without it that of no feature.
	 * @param policy Policy that this traffic follows.
	 */
	record Traffic(@Nullable String file, @DefaultValue("100MB") DataSize maxSize, @Nullable String learnFrom,
			@Nullable String feature, @DefaultValue("default") String policy) {

	}

}
