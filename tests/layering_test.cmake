# The arrows of ARCHITECTURE.md: fails where a file includes a folder that its
# own may not. CTest runs it as `cmake -DROOT=<checkout> -P layering_test.cmake`.
cmake_minimum_required(VERSION 3.25)

# folder -> the folders that it may include besides itself, generated protos as
# proto/<area>. storage/mutex.h is a leaf that the rooms server and occupations may include,
# services/server's errors.h and field_checks.h two that places and households may, clients/cli/language.h one
# that digests may.
set(rooms storage services/places services/occupations services/households services/server
  services/feeds services/offers services/jobs services/housing services/contacts
  services/profiles services/matching clients/generator
  clients/importers clients/digest clients/cli)
list(APPEND rooms services/reference)
set(allow_storage "")
set(allow_services/assignment "")
set(allow_services/places services/server/errors.h services/server/field_checks.h proto/type)
set(allow_services/occupations storage/mutex.h)
set(allow_services/households services/server/errors.h services/server/field_checks.h services/places proto/type proto/profiles
  proto/jobs proto/housing proto/contacts)
set(allow_services/server proto/type storage/mutex.h)
set(allow_services/feeds storage services/server)
set(offers_room storage services/server services/feeds services/places proto/type)
set(allow_services/offers ${offers_room})
set(kind_room ${offers_room} services/offers)
set(allow_services/jobs ${kind_room} proto/jobs)
set(allow_services/housing ${kind_room} proto/housing)
set(allow_services/contacts ${kind_room} proto/contacts)
set(protos proto/type proto/jobs proto/housing proto/contacts proto/profiles
  proto/matching)
set(allow_services/profiles ${kind_room} services/households ${protos})
set(allow_services/matching storage services/server services/feeds services/places
  services/households ${protos})
set(allow_services/reference storage services/server services/places
  proto/type proto/reference proto/places)
set(allow_clients/generator services/places services/households ${protos})
set(allow_clients/importers ${protos})
list(APPEND rooms clients/exporters)
set(allow_clients/exporters clients/importers ${protos})
set(allow_clients/digest clients/cli/language.h)
set(allow_clients/cli services/places clients/generator clients/importers clients/digest ${protos})
list(APPEND allow_clients/cli services/occupations proto/places proto/reference)
list(APPEND allow_clients/cli services/occupations)
foreach(room offers jobs housing contacts profiles matching)
  list(APPEND allow_services/${room} services/occupations)
endforeach()
list(APPEND allow_services/reference services/occupations proto/occupations)
list(APPEND allow_clients/cli proto/occupations)

list(APPEND allow_clients/cli clients/exporters)
# Assignment: a library of numbers and names, used by clients/cli.
list(APPEND rooms services/assignment)
list(APPEND allow_clients/cli services/assignment)
list(APPEND allow_services/matching services/assignment)

set(bad "")
set(looked_at 0)
foreach(room IN LISTS rooms)
  file(GLOB_RECURSE files "${ROOT}/${room}/*.h" "${ROOT}/${room}/*.cc")
  list(FILTER files EXCLUDE REGEX "_test\\.cc$|_fuzz\\.cc$|_bench\\.cc$|/testing/|/test_store\\.h$|_conformance\\.h$")
  foreach(file IN LISTS files)
    math(EXPR looked_at "${looked_at} + 1")
    file(STRINGS "${file}" lines
      REGEX "^#include \"(storage|services|clients|tests|heimweg)/")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "^#include \"([^\"]+)\".*" "\\1" path "${line}")
      if(path MATCHES "^heimweg/([a-z]+)/v1/")
        set(target "proto/${CMAKE_MATCH_1}")
      elseif(path MATCHES "^(services|clients)/([a-z_]+)/")
        set(target "${CMAKE_MATCH_1}/${CMAKE_MATCH_2}")
      else()
        string(REGEX REPLACE "/.*" "" target "${path}")
      endif()
      if(NOT target STREQUAL room AND NOT target IN_LIST allow_${room}
          AND NOT path IN_LIST allow_${room})
        string(APPEND bad "${file} includes ${path}\n")
      endif()
    endforeach()
  endforeach()
endforeach()
if(bad)
  message(FATAL_ERROR "Against the arrows of ARCHITECTURE.md:\n${bad}")
endif()
if(looked_at LESS 50)
  message(FATAL_ERROR "Looked at ${looked_at} files only: wrong ROOT?")
endif()
message("Looked at ${looked_at} files.")
