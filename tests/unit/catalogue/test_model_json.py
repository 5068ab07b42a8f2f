from assistant.catalogue.model import (
    Channel,
    Hours,
    HoursRule,
    Service,
    Source,
    as_dict,
    channel_from,
    service_from,
)


def test_hours_of_a_monday_are_still_of_the_monday_when_they_are_read_again():
    hours = Hours([HoursRule("09:00", "16:00", weekday=0), HoursRule("10:00", "14:00", weekday=5)])
    channel = Channel("test:channel:1", "location", hours=hours)
    assert channel_from(as_dict(channel)).hours == hours


def test_an_age_of_zero_is_still_there_when_a_service_is_read_again():
    service = Service("test:service:1", {"fi": "Vauvauinti"}, Source("Test"), age_min=0, age_max=2)
    assert service_from(as_dict(service)).age_min == 0


def test_what_is_empty_is_left_out():
    rule = as_dict(HoursRule("09:00", "16:00"))
    assert rule == {"opens": "09:00", "closes": "16:00"}
